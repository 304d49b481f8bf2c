package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The uids by which a savepoint's state is found again. */
class JobUidsTest {
  @Test
  void everyOperatorHasItsUid() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    Configuration settings = JobRun.settings(1, 1_000);
    settings.setString("bootstrap-servers", "localhost:9092");
    KithJob.build(env, settings, Golden.weightsFile());

    Map<String, String> uids = new TreeMap<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      uids.put(node.getOperatorName(), String.valueOf(node.getTransformationUID()));
    }
    assertThat(uids)
        .as("a name may change; a uid never may, for it names the state")
        .containsExactly(
            entry("Answerer", "answerer"),
            entry("Gate", "gate"),
            entry("Intake", "intake"),
            entry("Reader", "reader"),
            entry("Recommender", "recommender"),
            entry("RequestIntake", "request-intake"),
            entry("SignalIntake", "signal-intake"),
            entry("Source: edges", "edges"),
            entry("Source: requests", "requests"),
            entry("Source: signals", "signals"),
            entry("Updater", "updater"),
            entry("dead-letter: Committer", "Sink Committer: dead-letter"),
            entry("dead-letter: Writer", "dead-letter"),
            entry("embeddings: Committer", "Sink Committer: embeddings"),
            entry("embeddings: Writer", "embeddings"),
            entry("predictions: Committer", "Sink Committer: predictions"),
            entry("predictions: Writer", "predictions"),
            entry("recommendations: Committer", "Sink Committer: recommendations"),
            entry("recommendations: Writer", "recommendations"),
            entry("responses: Committer", "Sink Committer: responses"),
            entry("responses: Writer", "responses"));
  }
}
