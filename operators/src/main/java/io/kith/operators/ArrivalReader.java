package io.kith.operators;

import java.util.function.LongSupplier;

/** Makes arrivals of records of bytes. Not safe for concurrent use. */
final class ArrivalReader {
  private final InteractionParser parser;

  ArrivalReader(ParserSettings settings, LongSupplier clock) {
    parser = new InteractionParser(settings, clock);
  }

  /** An interaction, or a refusal that keeps the bytes. */
  Arrival read(Origin origin, byte[] key, byte[] value) {
    InteractionParser.Parsed parsed = parser.parse(value);
    return parsed.refusal() == null
        ? Arrival.of(origin, parsed.interaction())
        : Arrival.refused(origin, parsed.refusal(), key, value);
  }
}
