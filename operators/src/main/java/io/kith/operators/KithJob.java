package io.kith.operators;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The dataflow: sources, Intakes, Gate, Reader, Updater, sinks. See {@code docs/protocol.md}. The
 * uids name state; they must never change.
 */
public final class KithJob {
  /** Reader i and Updater i stand in one slot, to share the store. */
  private static final String LAP = "lap";

  /** Writes only what changed: docs/decisions/0005. */
  private static final String INCREMENTAL_BACKEND = "rocksdb";

  /**
   * With RocksDB's own 4 KiB, two records, the indexes of its files do not fit into the cache, and
   * a restore reads them again for every hundred records.
   */
  private static final String BLOCK_SIZE = "state.backend.rocksdb.block.blocksize";

  /**
   * Keys are hashes, so what changes lies in all files alike: levelled compaction would write
   * nearly everything anew every few checkpoints, and each would have to take it along.
   */
  private static final String COMPACTION = "state.backend.rocksdb.compaction.style";

  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(5);
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

  private KithJob() {}

  /**
   * Where the job reads and writes.
   *
   * @param source arrivals; each of its splits is an input partition with a clock of its own, and
   *     it says itself which are idle
   * @param signals requests to forget nodes; null where nobody asks for it
   * @param requests questions about nodes as they are now; null where nobody asks
   * @param responses takes an answer to each; null where there are no requests
   * @param predictions takes a record for each interaction
   * @param embeddings takes a record for each node and window in which it took part, and one
   *     without a value for each node forgotten
   * @param recommendations takes the lists of next partners, and one without a value for each node
   *     forgotten; null where nobody wants them
   * @param deadLetters takes what was refused
   * @param answers takes the scores of pairs that were only asked for; null where nobody asks
   * @param records takes the integers of each changed record as text; null where nobody compares
   */
  public record Ends(
      Source<Arrival, ?, ?> source,
      Source<RawArrival, ?, ?> signals,
      Source<RawArrival, ?, ?> requests,
      Sink<OutputRecord> responses,
      Sink<OutputRecord> predictions,
      Sink<OutputRecord> embeddings,
      Sink<OutputRecord> recommendations,
      Sink<DeadLetter> deadLetters,
      Sink<OutputRecord> answers,
      Sink<OutputRecord> records) {
    /** Without requests, answers and records. */
    public Ends(
        Source<Arrival, ?, ?> source,
        Source<RawArrival, ?, ?> signals,
        Sink<OutputRecord> predictions,
        Sink<OutputRecord> embeddings,
        Sink<OutputRecord> recommendations,
        Sink<DeadLetter> deadLetters) {
      this(
          source,
          signals,
          null,
          null,
          predictions,
          embeddings,
          recommendations,
          deadLetters,
          null,
          null);
    }
  }

  /**
   * Adds the job between Kafka topics to an environment.
   *
   * @param settings values of {@link KithOptions}; keys that start with {@code kafka.} go to the
   *     Kafka clients without that
   * @param weightsFile bytes of the weights file
   * @throws IllegalArgumentException listing every fault of the settings
   */
  public static void build(
      StreamExecutionEnvironment env, Configuration settings, byte[] weightsFile) {
    configure(env, settings);
    JobSettings checked =
        JobChecks.check(settings, env.getConfiguration(), weightsFile, false, true);
    build(env, checked, KafkaEnds.of(settings, checked.parser()));
  }

  /** Adds the job between given ends to an environment. */
  public static void build(
      StreamExecutionEnvironment env, Configuration settings, byte[] weightsFile, Ends ends) {
    configure(env, settings);
    Configuration wanted = new Configuration(settings);
    if (ends.recommendations() == null) {
      wanted.set(KithOptions.WHO_NEXT, 0);
    }
    boolean bounded = ends.source().getBoundedness() == Boundedness.BOUNDED;
    build(env, JobChecks.check(wanted, env.getConfiguration(), weightsFile, bounded, false), ends);
  }

  /** What the job needs of Flink. Set on the job, for a cluster's own file may say otherwise. */
  private static void configure(StreamExecutionEnvironment env, ReadableConfig settings) {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    flink.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.get(KithOptions.CHECKPOINT_INTERVAL));
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings
        .getOptional(KithOptions.CHECKPOINT_DIR)
        .map(KithJob::withScheme)
        .ifPresent(
            dir -> {
              flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
              flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir);
              flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, dir);
            });
    if (env.getConfiguration().getOptional(StateBackendOptions.STATE_BACKEND).isEmpty()) {
      flink.set(StateBackendOptions.STATE_BACKEND, INCREMENTAL_BACKEND);
      flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
      flink.setString(BLOCK_SIZE, "64 kb");
      flink.setString(COMPACTION, "UNIVERSAL");
    }
    env.configure(flink);
  }

  /** Flink refuses a folder without a scheme; a plain path is one of the machine's own. */
  private static String withScheme(String folder) {
    return folder.contains(":/") ? folder : "file://" + Path.of(folder).toAbsolutePath();
  }

  private static void build(StreamExecutionEnvironment env, JobSettings settings, Ends ends) {
    env.setParallelism(settings.keyGroups().parallelism());
    env.setMaxParallelism(settings.keyGroups().number());
    SingleOutputStreamOperator<ForGate> intake =
        env.fromSource(ends.source(), watermarks(settings), "edges", WireTypes.ARRIVAL)
            .uid("edges")
            .transform(
                "Intake",
                WireTypes.FOR_GATE,
                new OperatorFactory<Arrival, ForGate>(Intake.class, settings, Intake::new))
            .uid("intake");
    DataStream<ForGate> arrivals = byPartition(intake);
    DataStream<DeadLetter> deadLetters = intake.getSideOutput(Intake.DEAD_LETTERS);
    if (ends.signals() != null) {
      SingleOutputStreamOperator<ForGate> signals = signals(env, settings, ends.signals());
      arrivals = arrivals.union(signals.broadcast());
      deadLetters = deadLetters.union(signals.getSideOutput(Intake.DEAD_LETTERS));
    }
    DataStream<OutputRecord> refusals = null;
    if (ends.requests() != null) {
      SingleOutputStreamOperator<ForGate> questions = questions(env, settings, ends.requests());
      arrivals = arrivals.union(byPartition(questions));
      deadLetters = deadLetters.union(questions.getSideOutput(Intake.DEAD_LETTERS));
      refusals = questions.getSideOutput(RequestIntake.REFUSALS);
    }
    SingleOutputStreamOperator<OutputRecord> updater =
        lap(arrivals, settings, ends.records() != null);
    if (refusals != null) {
      updater
          .getSideOutput(Updater.ANSWER_PARTS)
          .keyBy(AnswerPart::receiver, Types.LONG)
          .transform(
              "Answerer",
              WireTypes.OUTPUT,
              new OperatorFactory<AnswerPart, OutputRecord>(
                  Answerer.class, settings, Answerer::new))
          .uid("answerer")
          .union(refusals)
          .sinkTo(ends.responses())
          .name("responses")
          .uid("responses");
    }
    updater
        .getSideOutput(Updater.EMBEDDINGS)
        .sinkTo(ends.embeddings())
        .name("embeddings")
        .uid("embeddings");
    DataStream<OutputRecord> predictions = updater;
    if (settings.whoNext().on()) {
      SingleOutputStreamOperator<OutputRecord> recommender =
          updater
              .getSideOutput(Updater.FOR_RECOMMENDER)
              .keyBy(ForRecommender::receiver, Types.LONG)
              .transform(
                  "Recommender",
                  WireTypes.OUTPUT,
                  new OperatorFactory<ForRecommender, OutputRecord>(
                      Recommender.class, settings, Recommender::new))
              .uid("recommender");
      recommender.sinkTo(ends.recommendations()).name("recommendations").uid("recommendations");
      predictions = recommender.getSideOutput(Recommender.PREDICTIONS);
    }
    predictions.sinkTo(ends.predictions()).name("predictions").uid("predictions");
    if (ends.answers() != null) {
      updater.getSideOutput(Updater.ANSWERS).sinkTo(ends.answers()).name("answers").uid("answers");
    }
    if (ends.records() != null) {
      updater.getSideOutput(Updater.RECORDS).sinkTo(ends.records()).name("records").uid("records");
    }
    deadLetters.sinkTo(ends.deadLetters()).name("dead-letter").uid("dead-letter");
  }

  private static SingleOutputStreamOperator<ForGate> signals(
      StreamExecutionEnvironment env, JobSettings settings, Source<RawArrival, ?, ?> source) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "signals", WireTypes.RAW)
        .uid("signals")
        .transform(
            "SignalIntake",
            WireTypes.FOR_GATE,
            new OperatorFactory<RawArrival, ForGate>(
                SignalIntake.class, settings, SignalIntake::new))
        .uid("signal-intake");
  }

  private static SingleOutputStreamOperator<ForGate> questions(
      StreamExecutionEnvironment env, JobSettings settings, Source<RawArrival, ?, ?> source) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "requests", WireTypes.RAW)
        .uid("requests")
        .transform(
            "RequestIntake",
            WireTypes.FOR_GATE,
            new OperatorFactory<RawArrival, ForGate>(
                RequestIntake.class, settings, RequestIntake::new))
        .uid("request-intake");
  }

  private static DataStream<ForGate> byPartition(DataStream<ForGate> arrivals) {
    return arrivals.partitionCustom((partition, gates) -> partition % gates, ForGate::partition);
  }

  private static SingleOutputStreamOperator<OutputRecord> lap(
      DataStream<ForGate> arrivals, JobSettings settings, boolean tellRecords) {
    SingleOutputStreamOperator<ForUpdater> reader =
        arrivals
            .transform(
                "Gate",
                WireTypes.FOR_READER,
                new OperatorFactory<ForGate, ForReader>(Gate.class, settings, Gate::new))
            .uid("gate")
            .keyBy(ForReader::owner, Types.LONG)
            .transform(
                "Reader",
                WireTypes.FOR_UPDATER,
                new OperatorFactory<ForReader, ForUpdater>(Reader.class, settings, Reader::new))
            .uid("reader");
    SingleOutputStreamOperator<OutputRecord> updater =
        reader
            .keyBy(ForUpdater::receiver, Types.LONG)
            .transform(
                "Updater",
                WireTypes.OUTPUT,
                new OperatorFactory<ForUpdater, OutputRecord>(
                    Updater.class,
                    settings,
                    (parameters, s) -> new Updater(parameters, s, tellRecords)))
            .uid("updater");
    reader.getTransformation().setCoLocationGroupKey(LAP);
    updater.getTransformation().setCoLocationGroupKey(LAP);
    return updater;
  }

  private static WatermarkStrategy<Arrival> watermarks(JobSettings settings) {
    Windows windows = settings.windows();
    long bound = settings.outOfOrderness();
    return WatermarkStrategy.forGenerator(context -> new PartitionWatermarks(windows, bound));
  }
}
