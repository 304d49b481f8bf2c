package io.kith.operators;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** What a reader, or one of its splits, says; all into one list. */
record SaidOutput(List<String> said, Set<String> idle, String name)
    implements ReaderOutput<Arrival> {
  SaidOutput() {
    this(new ArrayList<>(), new HashSet<>(), "all");
  }

  @Override
  public SourceOutput<Arrival> createOutputForSplit(String id) {
    return new SaidOutput(said, idle, id);
  }

  @Override
  public void releaseOutputForSplit(String id) {
    said.add(id + ": released");
  }

  @Override
  public void collect(Arrival arrival) {
    said.add(name + ": offset " + arrival.origin().offset());
  }

  @Override
  public void collect(Arrival arrival, long timestamp) {
    collect(arrival);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    said.add(name + ": " + watermark);
  }

  @Override
  public void markIdle() {
    if (idle.add(name)) {
      said.add(name + ": idle");
    }
  }

  @Override
  public void markActive() {
    idle.remove(name);
    said.add(name + ": active");
  }
}
