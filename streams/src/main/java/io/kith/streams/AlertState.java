package io.kith.streams;

/**
 * What is known of the windows that have been judged.
 *
 * @param judgedThrough start of the last one, ms
 * @param behind whether the model was behind then
 */
record AlertState(long judgedThrough, boolean behind) {
  static final AlertState NONE = new AlertState(Long.MIN_VALUE, false);
}
