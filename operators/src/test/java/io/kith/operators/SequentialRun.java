package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.model.Weights;
import io.kith.state.HeapNodeStore;
import io.kith.state.KeyIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the job should say, without Flink: window after window on one store. */
final class SequentialRun implements Lap.Output {
  private static final int NODES = 10_000;

  private final Weights weights = Golden.weights();
  private final OutputJson json =
      new OutputJson(weights, KithOptions.EMBEDDING_NEIGHBOURS.defaultValue());
  private final OwnedNodes nodes =
      new OwnedNodes(
          new HeapNodeStore(StoredRecord.layout(weights.sizes()), NODES),
          new KeyGroups(KithOptions.MAX_PARALLELISM.defaultValue(), 1));
  private final Lap lap =
      new Lap(weights, nodes, JobRun.predictionDefaults(KithOptions.NEGATIVES.defaultValue()));
  private final Windows windows;
  private final List<String> predictions = new ArrayList<>();
  private final Map<String, String> embeddings = new TreeMap<>();
  private final Map<String, String> records = new TreeMap<>();

  SequentialRun(Windows windows) {
    this.windows = windows;
  }

  /** Applies interactions, each in the window of its time. */
  void apply(List<Interaction> interactions) {
    TreeMap<Long, Inbox> inboxes = new TreeMap<>();
    for (Interaction interaction : interactions) {
      long window = windows.of(interaction.timestamp());
      Inbox inbox = inboxes.computeIfAbsent(window, w -> new Inbox());
      inbox.add(new Half(window, interaction, true), null);
      inbox.add(new Half(window, interaction, false), null);
    }
    inboxes.forEach((window, inbox) -> lap.run(window, inbox, this));
  }

  /** Forgets nodes; how many others held them. */
  int forget(String... ids) {
    KeyIndex keys = new KeyIndex();
    for (String id : ids) {
      keys.add(NodeKey.of(id));
      embeddings.remove(id);
      records.remove(id);
    }
    return new Forgetter(nodes, StoredRecord.layout(weights.sizes())).forget(keys);
  }

  @Override
  public void predicted(ReusedPrediction prediction) {
    predictions.add(text(json.prediction(prediction)));
  }

  @Override
  public void changed(long window, String id, long key, StoredRecord record) {
    embeddings.put(id, text(json.embedding(window, id, key, record)));
    records.put(id, ReplayFiles.recordLine(weights.sizes(), id, key, record));
  }

  private static String text(OutputRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  /** All predictions, sorted. */
  List<String> predictions() {
    return predictions.stream().sorted().toList();
  }

  /** The last embedding of each node. */
  Map<String, String> embeddings() {
    return embeddings;
  }

  /** The integers of each node's last record. */
  Map<String, String> records() {
    return records;
  }
}
