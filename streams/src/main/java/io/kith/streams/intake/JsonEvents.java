package io.kith.streams.intake;

import java.util.function.Function;

/** JSON objects without an envelope. */
final class JsonEvents implements EventFormat {
  @Override
  public Event open(byte[] key, byte[] value, Function<String, String> headers) throws Unfit {
    return Event.of(ForeignJson.object(value));
  }
}
