package io.kith.streams;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The model has fallen behind the recency rule, or has caught up with it, as it stands on the
 * alerts topic (JSON Schema: {@code schema/alert.schema.json}).
 *
 * @param status what has come about
 * @param from the span that was judged begins at this event time, ms
 * @param to and ends before this one, ms: the end of a window
 * @param ranked ranked predictions of the span
 * @param mrr mean reciprocal rank of the model over it
 * @param recencyMrr the same of the recency rule
 * @param modelVersion which weights made the newest prediction of the span by event time
 */
public record QualityAlert(
    Status status,
    long from,
    long to,
    long ranked,
    double mrr,
    double recencyMrr,
    String modelVersion) {

  /** How the model stands against the recency rule from now on. */
  public enum Status {
    @JsonProperty("behind")
    BEHIND,
    @JsonProperty("caught-up")
    CAUGHT_UP
  }
}
