package io.kith.operators;

import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole job on given interactions, with what came out of it. */
final class JobRun {
  private final List<OutputRecord> predictions = Collections.synchronizedList(new ArrayList<>());
  private final List<OutputRecord> embeddings = Collections.synchronizedList(new ArrayList<>());
  private final List<DeadLetter> deadLetters = Collections.synchronizedList(new ArrayList<>());

  private JobRun() {}

  /** Interactions dealt out to partitions in turns, each partition in the order given. */
  static ArrivalScript script(List<Interaction> interactions, int partitions) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < interactions.size(); i++) {
      Origin origin = new Origin("edges", i % partitions, i / partitions, 0);
      arrivals.add(Arrival.of(origin, interactions.get(i)));
    }
    return new Dealt(new Held(arrivals).id(), partitions);
  }

  static Configuration settings(int parallelism, long windowMs) {
    Configuration settings = new Configuration();
    settings.setString("window", windowMs + " ms");
    settings.setString("nodes", "4000");
    settings.setString("idle-timeout", "0 s");
    settings.setString("parallelism", String.valueOf(parallelism));
    return settings;
  }

  /** Runs a job to its end. */
  static JobRun of(Configuration settings, ArrivalScript script) throws Exception {
    return of(StreamExecutionEnvironment.getExecutionEnvironment(), settings, script);
  }

  static JobRun of(StreamExecutionEnvironment env, Configuration settings, ArrivalScript script)
      throws Exception {
    JobRun run = new JobRun();
    try (InProcessSink<OutputRecord> predictions = InProcessSink.to(run.predictions::add);
        InProcessSink<OutputRecord> embeddings = InProcessSink.to(run.embeddings::add);
        InProcessSink<DeadLetter> deadLetters = InProcessSink.to(run.deadLetters::add)) {
      KithJob.Ends ends =
          new KithJob.Ends(new ScriptSource(script), predictions, embeddings, deadLetters);
      KithJob.build(env, settings, Golden.weightsFile(), ends);
      env.execute();
    }
    return run;
  }

  /** All predictions, sorted. */
  List<String> predictions() {
    return predictions.stream().map(JobRun::text).sorted().toList();
  }

  /** The last embedding of each node. */
  Map<String, String> finalEmbeddings() {
    Map<String, OutputRecord> last = new TreeMap<>();
    for (OutputRecord record : List.copyOf(embeddings)) {
      last.put(new String(record.key(), StandardCharsets.UTF_8), record);
    }
    Map<String, String> texts = new TreeMap<>();
    last.forEach((node, record) -> texts.put(node, text(record)));
    return texts;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  private static String text(OutputRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  /** Arrivals of this process, for the script that travels to the tasks has only their id. */
  private static final class Held {
    private static final List<List<Arrival>> ALL = Collections.synchronizedList(new ArrayList<>());
    private final int id;

    Held(List<Arrival> arrivals) {
      synchronized (ALL) {
        id = ALL.size();
        ALL.add(arrivals);
      }
    }

    int id() {
      return id;
    }
  }

  private record Dealt(int id, int partitions) implements ArrivalScript {
    @Override
    public Iterator<Arrival> open(int partition, long from) {
      return Held.ALL.get(id).stream()
          .filter(arrival -> arrival.origin().partition() == partition)
          .skip(from)
          .iterator();
    }
  }
}
