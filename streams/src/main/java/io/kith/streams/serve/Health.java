package io.kith.streams.serve;

import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/** Whether the process works, and whether it has all it answers from. Any thread. */
final class Health {
  /**
   * What is served.
   *
   * @param state of Kafka Streams
   * @param restored of {@code total} records of the stores that are being restored
   * @param read of {@code toRead} offsets of the topics as they stood at the start
   */
  record Report(boolean healthy, State state, long restored, long total, long read, long toRead) {}

  private final Supplier<State> state;
  private final Restoration restoration;
  private final CatchUp catchUp;

  Health(Supplier<State> state, Restoration restoration, CatchUp catchUp) {
    this.state = state;
    this.restoration = restoration;
    this.catchUp = catchUp;
  }

  /** 200 as long as a restart would not help. */
  Reply live() {
    State now = state.get();
    return reply(now, now != State.ERROR && now != State.PENDING_ERROR && now != State.NOT_RUNNING);
  }

  /** 200 once every question can be answered. */
  Reply ready() {
    State now = state.get();
    return reply(now, now == State.RUNNING && !restoration.isRunning() && catchUp.isDone());
  }

  private Reply reply(State now, boolean healthy) {
    Progress stores = restoration.all();
    Progress topics = catchUp.all();
    Report report =
        new Report(
            healthy, now, stores.restored(), stores.total(), topics.restored(), topics.total());
    return new Reply(healthy ? Reply.OK : Reply.UNAVAILABLE, Json.write(report), null);
  }
}
