package io.kith.operators;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** What a Reader sends to the Updaters, counted as far as it goes to other subtasks. */
final class ToUpdaters implements Outbox.Carrier, Shortlister.Carrier {
  private final Output<StreamRecord<ForUpdater>> output;
  private final int here;
  private final Counter recordBytes;
  private final Counter crossing;
  private final Counter shortlistBytes;
  private final Counter shortlistsCrossing;

  /** Used again for every message: the output has written it when it returns. */
  private final StreamRecord<ForUpdater> element = new StreamRecord<>(null);

  /**
   * @param here the subtask that sends
   */
  ToUpdaters(Output<StreamRecord<ForUpdater>> output, int here, MetricGroup metrics) {
    this.output = output;
    this.here = here;
    recordBytes = metrics.counter("exchangeRecordBytes");
    crossing = metrics.counter("exchangesToOthers");
    shortlistBytes = metrics.counter("shortlistRecordBytes");
    shortlistsCrossing = metrics.counter("shortlistsToOthers");
  }

  @Override
  public void send(Half half, int subtask, byte[] ownerRecord) {
    if (subtask != here) {
      crossing.inc();
      recordBytes.inc(ownerRecord == null ? 0 : ownerRecord.length);
    }
    output.collect(element.replace(new Exchange(half, ownerRecord)));
  }

  @Override
  public void send(int subtask, ForUpdater message) {
    if (message instanceof Shortlist shortlist && subtask != here) {
      shortlistsCrossing.inc();
      shortlistBytes.inc(shortlist.nodeRecord().length);
    }
    output.collect(element.replace(message));
  }
}
