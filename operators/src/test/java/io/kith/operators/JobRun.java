package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole job on given interactions, with what came out of it. */
final class JobRun implements AutoCloseable {
  private final byte[] weightsFile;
  private final List<OutputRecord> predictions = Collections.synchronizedList(new ArrayList<>());
  private final List<OutputRecord> embeddings = Collections.synchronizedList(new ArrayList<>());
  private final List<OutputRecord> recommendations =
      Collections.synchronizedList(new ArrayList<>());
  private final List<OutputRecord> records = Collections.synchronizedList(new ArrayList<>());
  private final List<OutputRecord> responses = Collections.synchronizedList(new ArrayList<>());
  private final List<DeadLetter> deadLetters = Collections.synchronizedList(new ArrayList<>());

  private final InProcessSink<OutputRecord> predictionSink = InProcessSink.to(this::predicted);
  private final InProcessSink<OutputRecord> embeddingSink = InProcessSink.to(this::embedded);
  private final InProcessSink<OutputRecord> recommendationSink =
      InProcessSink.to(recommendations::add);
  private final InProcessSink<OutputRecord> recordSink = InProcessSink.to(records::add);
  private final InProcessSink<OutputRecord> responseSink = InProcessSink.to(this::answered);
  private final InProcessSink<DeadLetter> deadLetterSink = InProcessSink.to(this::refused);

  /** With the golden model. */
  JobRun() {
    this(Golden.weightsFile());
  }

  JobRun(byte[] weightsFile) {
    this.weightsFile = weightsFile;
  }

  /** What a job's predictions say unless it is told otherwise. */
  static PredictionSettings predictionDefaults(int negatives) {
    return new PredictionSettings(
        negatives,
        KithOptions.EXPLAIN_SHARE.defaultValue(),
        KithOptions.EXPLAIN_NEIGHBOURS.defaultValue());
  }

  static Configuration settings(int parallelism, long windowMs) {
    Configuration settings = new Configuration();
    settings.setString("window", windowMs + " ms");
    settings.setString("nodes", "4000");
    settings.setString("idle-timeout", "0 s");
    settings.set(KithOptions.WHO_NEXT, 10);
    settings.set(KithOptions.WHO_NEXT_SHARE, 0.2); // enough to differ, and in less time than all
    settings.setString("parallelism", String.valueOf(parallelism));
    return settings;
  }

  /** The same without lists of next partners: the last come only when the input ends. */
  static Configuration settingsWithoutLists(int parallelism, long windowMs) {
    Configuration settings = settings(parallelism, windowMs);
    settings.set(KithOptions.WHO_NEXT, 0);
    return settings;
  }

  /** Runs a job to its end. */
  static JobRun of(Configuration settings, ArrivalScript script) throws Exception {
    try (JobRun run = new JobRun()) {
      run.start(new Configuration(), settings, script)
          .getJobExecutionResult()
          .get(2, TimeUnit.MINUTES);
      return run;
    }
  }

  /** Starts a job that adds to what came out so far. */
  JobClient start(Configuration flink, Configuration settings, ArrivalScript script)
      throws Exception {
    return start(flink, settings, new ScriptSource<>(script));
  }

  JobClient start(Configuration flink, Configuration settings, ScriptSource<Arrival> source)
      throws Exception {
    return start(flink, settings, source, null);
  }

  JobClient start(
      Configuration flink,
      Configuration settings,
      ScriptSource<Arrival> source,
      Source<RawArrival, ?, ?> signals)
      throws Exception {
    long idleTimeoutMs = settings.get(KithOptions.IDLE_TIMEOUT).toMillis();
    return start(flink, settings, ScriptSource.idleAfter(idleTimeoutMs, source), signals, null);
  }

  /** Starts a job that also answers requests. */
  JobClient start(
      Configuration flink,
      Configuration settings,
      ScriptSource<Arrival> source,
      Source<RawArrival, ?, ?> signals,
      Source<RawArrival, ?, ?> requests)
      throws Exception {
    long idleTimeoutMs = settings.get(KithOptions.IDLE_TIMEOUT).toMillis();
    return start(flink, settings, ScriptSource.idleAfter(idleTimeoutMs, source), signals, requests);
  }

  /** Starts a job whose source says itself which partitions are idle. */
  JobClient start(Configuration flink, Configuration settings, Source<Arrival, ?, ?> source)
      throws Exception {
    return start(flink, settings, source, null);
  }

  JobClient start(
      Configuration flink,
      Configuration settings,
      Source<Arrival, ?, ?> source,
      Source<RawArrival, ?, ?> signals)
      throws Exception {
    return start(flink, settings, source, signals, null);
  }

  private JobClient start(
      Configuration flink,
      Configuration settings,
      Source<Arrival, ?, ?> source,
      Source<RawArrival, ?, ?> signals,
      Source<RawArrival, ?, ?> requests)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KithJob.Ends ends =
        new KithJob.Ends(
            source,
            signals,
            requests,
            responseSink,
            predictionSink,
            embeddingSink,
            recommendationSink,
            deadLetterSink,
            null,
            recordSink);
    KithJob.build(env, settings, weightsFile, ends);
    return env.executeAsync();
  }

  /** Waits until so many predictions have come out. */
  void awaitPredictions(int count) throws InterruptedException {
    synchronized (predictions) {
      while (predictions.size() < count) {
        predictions.wait();
      }
    }
  }

  /** Waits until as much has come out as of another run, which does not end by itself. */
  void awaitAllOf(JobRun other) throws InterruptedException {
    awaitPredictions(other.predictions.size());
    synchronized (embeddings) {
      while (embeddings.size() < other.embeddings.size()) {
        embeddings.wait();
      }
    }
  }

  private void predicted(OutputRecord record) {
    synchronized (predictions) {
      predictions.add(record);
      predictions.notifyAll();
    }
  }

  private void answered(OutputRecord record) {
    synchronized (responses) {
      responses.add(record);
      responses.notifyAll();
    }
  }

  /** Waits until so many different requests have been answered; then all answers, in order. */
  List<String> awaitResponses(int count) throws InterruptedException {
    synchronized (responses) {
      while (responses.stream().map(JobRun::key).distinct().count() < count) {
        responses.wait();
      }
      return responses.stream().map(JobRun::text).toList();
    }
  }

  private void refused(DeadLetter letter) {
    synchronized (deadLetters) {
      deadLetters.add(letter);
      deadLetters.notifyAll();
    }
  }

  /** Waits until so much has been refused. */
  void awaitDeadLetters(int count) throws InterruptedException {
    synchronized (deadLetters) {
      while (deadLetters.size() < count) {
        deadLetters.wait();
      }
    }
  }

  private void embedded(OutputRecord record) {
    synchronized (embeddings) {
      embeddings.add(record);
      embeddings.notifyAll();
    }
  }

  /** Waits until a node has been said to be forgotten. */
  void awaitTombstone(String node) throws InterruptedException {
    synchronized (embeddings) {
      while (embeddings.stream().noneMatch(r -> r.value() == null && key(r).equals(node))) {
        embeddings.wait();
      }
    }
  }

  /** Waits until a node has an embedding. */
  void awaitEmbedding(String node) throws InterruptedException {
    synchronized (embeddings) {
      while (embeddings.stream().noneMatch(r -> r.value() != null && key(r).equals(node))) {
        embeddings.wait();
      }
    }
  }

  private static String key(OutputRecord record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  /** What stands on the embeddings, oldest first. */
  List<OutputRecord> embeddings() {
    return List.copyOf(embeddings);
  }

  /** The integers of records, oldest first. */
  List<OutputRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public void close() {
    recordSink.close();
    responseSink.close();
    predictionSink.close();
    embeddingSink.close();
    recommendationSink.close();
    deadLetterSink.close();
  }

  /** Fails where two runs differ, naming the first difference; repeats do not count. */
  static void assertSame(JobRun found, JobRun expected, String because) {
    assertThat(firstDifference(found.distinctPredictions(), expected.distinctPredictions()))
        .as(because)
        .isEmpty();
    assertThat(firstDifference(found.distinctRecommendations(), expected.distinctRecommendations()))
        .as(because)
        .isEmpty();
    assertThat(
            firstDifference(
                List.copyOf(found.finalEmbeddings().values()),
                List.copyOf(expected.finalEmbeddings().values())))
        .as(because)
        .isEmpty();
  }

  private static String firstDifference(List<String> found, List<String> expected) {
    for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        return "found " + found.get(i) + ", expected " + expected.get(i);
      }
    }
    return found.size() == expected.size()
        ? ""
        : "found %d, expected %d".formatted(found.size(), expected.size());
  }

  /** All predictions but for what they say of lists, sorted. */
  List<String> predictionsAlone() {
    return predictions().stream()
        .map(p -> p.replaceFirst(",\"lastList\":(null|\\{[^}]*})}$", "}"))
        .sorted()
        .toList();
  }

  /** The predictions without repeats, sorted. */
  List<String> distinctPredictions() {
    return predictions().stream().distinct().toList();
  }

  /** The lists of next partners without repeats, sorted. */
  List<String> distinctRecommendations() {
    return recommendations().stream().distinct().sorted().toList();
  }

  /** The lists of next partners, oldest first. */
  List<String> recommendations() {
    return List.copyOf(recommendations).stream().map(JobRun::text).toList();
  }

  /** All predictions, sorted. */
  List<String> predictions() {
    return List.copyOf(predictions).stream().map(JobRun::text).sorted().toList();
  }

  /** The last embedding of each node. */
  Map<String, String> finalEmbeddings() {
    Map<String, OutputRecord> last = new TreeMap<>();
    for (OutputRecord record : List.copyOf(embeddings)) {
      last.put(key(record), record);
    }
    Map<String, String> texts = new TreeMap<>();
    last.forEach((node, record) -> texts.put(node, text(record)));
    return texts;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  static String text(OutputRecord record) {
    return record.value() == null
        ? "forgotten"
        : new String(record.value(), StandardCharsets.UTF_8);
  }
}
