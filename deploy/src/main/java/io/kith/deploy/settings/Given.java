package io.kith.deploy.settings;

/**
 * A value as somebody gave it.
 *
 * @param setting name as in the settings file, e.g. {@code window}
 * @param value its text
 * @param source for people: {@code file kith.yaml}, {@code environment KITH_WINDOW}, {@code flag
 *     --window}
 */
record Given(String setting, String value, String source) {}
