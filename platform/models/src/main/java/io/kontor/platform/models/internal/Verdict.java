package io.kontor.platform.models.internal;

/**
 * Whether a new model shall serve.
 *
 * @param promoted whether it becomes the champion
 * @param reason why, in one plain sentence
 */
record Verdict(boolean promoted, String reason) {
}
