/** A store in memory, for tests of trainers and models. Start with {@link io.kontor.platform.testkit.data.SampleStore}. */
package io.kontor.platform.testkit.data;
