package io.kith.deploy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir Path folder;

  @Test
  void flagsOverruleTheEnvironmentWhichOverrulesTheFileWhichOverrulesDefaults() throws Exception {
    Path file =
        write("window: 2 s\nnegatives: 7\nself-loops: drop\nkafka:\n  security.protocol: SSL\n");
    Map<String, String> environment =
        Map.of(
            "KITH_WINDOW",
            "3 s",
            "KITH_NEGATIVES",
            "8",
            "KITH_KAFKA_CLIENT_ID",
            "env",
            "HOME",
            "/");
    Map<String, String> flags = Map.of("window", "4 s", "kafka.client.rack", "r1");

    Settings settings = new SettingsLoader(environment).load(Optional.of(file), flags);

    assertThat(settings.get(KithOptions.WINDOW)).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.get(KithOptions.NEGATIVES)).isEqualTo(8);
    assertThat(settings.get(KithOptions.SELF_LOOPS)).isEqualTo(KithOptions.SelfLoops.DROP);
    assertThat(settings.get(KithOptions.PREFIX)).isEqualTo("kith");
    assertThat(settings.topic("edges")).isEqualTo("kith.edges");
    assertThat(settings.kafka())
        .containsOnly(
            Map.entry("security.protocol", "SSL"),
            Map.entry("client.id", "env"),
            Map.entry("client.rack", "r1"));
    assertThat(settings.flink().toMap()).containsEntry("kafka.security.protocol", "SSL");
  }

  @Test
  void allFaultsAreListedAtOnceEachWithItsSourceAndRemedy() throws Exception {
    Path file = write("windw: 2 s\nself-loops: keep\nparallelism: 256\nnodes: [1]\n");
    Map<String, String> environment = Map.of("KITH_OUT_OF_ORDERNESS", "soon");
    Map<String, String> flags =
        Map.of(
            "negatives", "-1",
            "model", "/no/such/model",
            "prefix", "a b",
            "kafka.bootstrap.servers", "x:1");

    assertThat(refusal(environment, Optional.of(file), flags))
        .isEqualTo(
            """
            10 faults in the settings, nothing was started:
              - nodes has no plain value; write one: source=file %1$s, value=[1]
              - kafka.bootstrap.servers is set by kith; set bootstrap-servers: source=flag --kafka, value=x:1
              - out-of-orderness is not a duration; write a number with ms, s, min, h or d, such as 500 ms: source=environment KITH_OUT_OF_ORDERNESS, value=soon
              - self-loops is not one of its values; write dead-letter or drop: source=file %1$s, value=keep
              - windw is not a setting; the nearest is window: source=file %1$s, value=2 s
              - bootstrap-servers is not set; give --bootstrap-servers, KITH_BOOTSTRAP_SERVERS or a line in the file of --config: value=none
              - prefix is malformed; write letters, digits, '.', '_' and '-' only, 200 at most: source=flag --prefix, value=a b
              - negatives is too small; at least 0: source=flag --negatives, value=-1
              - model is not a readable file; name an existing one: source=flag --model, value=/no/such/model
              - parallelism is above max-parallelism; lower it to 128 or raise max-parallelism: source=file %1$s, value=256"""
                .formatted(file));
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithItsLine() throws IOException {
    Path file = write("window: 1 s\nprefix: 'open\n");

    assertThat(refusal(NOTHING, Optional.of(file), Map.of("bootstrap-servers", "a:1")))
        .contains("config is not YAML", "write one 'setting: value' a line", "value=" + file);
  }

  @Test
  void aNameGivenTwiceInTheFileIsRefused() throws IOException {
    Path file = write("window: 1 s\nwindow: 2 s\n");

    assertThat(refusal(NOTHING, Optional.of(file), Map.of("bootstrap-servers", "a:1")))
        .contains("Duplicate field 'window'", "source=line 2");
  }

  @Test
  void aMissingFileIsAFaultLikeOthers() {
    assertThat(refusal(NOTHING, Optional.of(folder.resolve("none.yaml")), NOTHING))
        .startsWith("2 faults")
        .contains("config cannot be read; name a YAML file: source=flag --config, value=");
  }

  @Test
  void everySettingHasAVariableOfItsOwn() throws Exception {
    assertThat(KithOptions.ALL.stream().map(option -> Sources.variable(option.key())))
        .doesNotHaveDuplicates()
        .contains("KITH_MAX_ID_BYTES");
    assertThat(Sources.environment(Map.of("KITH_MAX_ID_BYTES", "5")))
        .containsExactly(new Given("max-id-bytes", "5", "environment KITH_MAX_ID_BYTES"));
  }

  private String refusal(
      Map<String, String> environment, Optional<Path> file, Map<String, String> flags) {
    return catchThrowableOfType(
            SettingsException.class,
            () -> new SettingsLoader(environment).load(file, flags, KithOptions.BOOTSTRAP_SERVERS))
        .getMessage();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("kith.yaml"), text);
  }

  @Test
  void showsNoSecretNotEvenOfAMisspeltName() {
    Map<String, String> environment =
        Map.of(
            "KITH_KAKFA_SASL_JAAS_CONFIG", "s3cr3t",
            "KITH_SERVE_TOKEN", "s3cr3t",
            "KITH_WINDW", "1 s");
    Map<String, String> flags = Map.of("sasl.password", "s3cr3t");

    assertThat(refusal(environment, Optional.empty(), flags))
        .contains("source=environment KITH_KAKFA_SASL_JAAS_CONFIG, value=(not shown)")
        .contains("source=flag --sasl.password, value=(not shown)")
        .contains("source=environment KITH_WINDW, value=1 s")
        .doesNotContain("s3cr3t")
        .doesNotContain("serve-token");
  }
}
