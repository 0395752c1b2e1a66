/** Orders at a reorder point. Start with {@link io.kontor.inventory.reorderpoint.ReorderPoint}. */
package io.kontor.inventory.reorderpoint;
