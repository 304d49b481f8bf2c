package io.kith.operators;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader that it has been given all splits it gets, unless new ones appear. */
enum AllDealt implements SourceEvent {
  EVENT
}
