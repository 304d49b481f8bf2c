package io.kith.operators;

import io.kith.model.ModelSizes;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** What an Updater's laps say, as records for the topics. Called by the Updater's thread. */
final class LapOutput implements Lap.Output {
  private final Output<StreamRecord<OutputRecord>> output;
  private final boolean listed;
  private final boolean tellRecords;
  private final OutputJson json;
  private final ModelSizes sizes;
  private final RecordState records;
  private final SharedNodes shared;

  /** Used again for every record: an output has done with it when it returns. */
  private final StreamRecord<OutputRecord> element = new StreamRecord<>(null);

  /**
   * @param tellRecords whether the integers of changed records are wanted
   */
  LapOutput(
      Output<StreamRecord<OutputRecord>> output,
      JobSettings settings,
      boolean tellRecords,
      RecordState records,
      SharedNodes shared) {
    this.output = output;
    this.listed = settings.whoNext().on();
    this.tellRecords = tellRecords;
    this.json =
        new OutputJson(settings.format(), settings.weights(), settings.embeddingNeighbours());
    this.sizes = settings.weights().sizes();
    this.records = records;
    this.shared = shared;
  }

  @Override
  public void added(String id, long key) {
    records.name(key, id);
  }

  @Override
  public void predicted(ReusedPrediction prediction) {
    Half half = prediction.half;
    OutputRecord record = json.prediction(prediction);
    if (half.asked()) {
      output.collect(Updater.ANSWERS, element(record));
    } else if (listed) {
      long source = half.interaction().sourceKey();
      long target = half.interaction().targetKey();
      output.collect(
          Updater.FOR_RECOMMENDER,
          new StreamRecord<>(
              new Predicted(half.window(), source, target, record), record.timestamp()));
    } else {
      output.collect(element(record));
    }
  }

  private StreamRecord<OutputRecord> element(OutputRecord record) {
    return element.replace(record, record.timestamp());
  }

  @Override
  public void changed(long window, String id, long key, StoredRecord node) {
    shared.popular().changed(key, node);
    OutputRecord record = json.embedding(window, id, key, node);
    output.collect(Updater.EMBEDDINGS, element(record));
    if (tellRecords) {
      String line = ReplayFiles.recordLine(sizes, id, key, node);
      OutputRecord told =
          new OutputRecord(record.key(), line.getBytes(StandardCharsets.UTF_8), record.timestamp());
      output.collect(Updater.RECORDS, element(told));
    }
  }
}
