/**
 * Search for good settings as mathematics: a {@link io.kontor.platform.models.internal.search.Space} of settings and a
 * {@link io.kontor.platform.models.internal.search.Strategy} that says what to try next from what was tried before. Knows nothing of plugins,
 * jobs and databases; the same space, seed and history always give the same next candidate, so that a search goes on after a restart as if
 * nothing had happened.
 */
package io.kontor.platform.models.internal.search;
