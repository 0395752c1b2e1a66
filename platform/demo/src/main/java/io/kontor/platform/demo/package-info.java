/**
 * Stores that never were: two years of products, customers, orders, prices, stock and payments, made from a seed, and the truth behind them
 * that no plugin is told. Start with {@link io.kontor.platform.demo.DemoStore}.
 */
package io.kontor.platform.demo;
