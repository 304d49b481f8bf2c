package io.kith.streams.intake;

import java.util.function.Function;

/** Opens events of one format. Not safe for concurrent use. */
interface EventFormat {
  /**
   * Opens one event.
   *
   * @param key of the record; may be null
   * @param value of the record; may be null
   * @param headers text of the last header of a name, or null
   * @throws Unfit where it is no event of the format
   * @throws Unwanted where it is one that stands for no interaction
   */
  Event open(byte[] key, byte[] value, Function<String, String> headers) throws Unfit, Unwanted;
}
