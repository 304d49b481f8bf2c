package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeSettingsTest {
  private static final String TOKEN = "0123456789abcdefXYZ";

  @Test
  void readsACommandLine() {
    ServeSettings settings =
        parse(
            "--bootstrap-servers",
            "localhost:9092",
            "--prefix=demo",
            "--listen=[::1]:9000",
            "--advertise=kith-1.example:80",
            "--max-k=50",
            "--peer-timeout=500ms",
            "--kafka.num.stream.threads=2");

    assertThat(settings.embeddingsTopic()).isEqualTo("demo.embeddings");
    assertThat(settings.applicationId()).isEqualTo("demo-serve");
    assertThat(settings.listen()).isEqualTo(new HostInfo("[::1]", 9000));
    assertThat(settings.advertise()).hasValue(new HostInfo("kith-1.example", 80));
    assertThat(settings.maxK()).isEqualTo(50);
    assertThat(settings.peerTimeout()).isEqualTo(Duration.ofMillis(500));
    Properties properties = settings.streamsProperties(new HostInfo("kith-1.example", 80));
    assertThat(properties)
        .containsEntry("application.server", "kith-1.example:80")
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("num.stream.threads", "2")
        .containsEntry("consumer.isolation.level", "read_committed");
  }

  @Test
  void readsTheTopicOfListsUnlessToldOtherwise() {
    assertThat(parse("--bootstrap-servers=k:1").nodeTopics())
        .containsExactly("kith.embeddings", "kith.predictions", "kith.recommendations");
    assertThat(parse("--bootstrap-servers=k:1", "--recommendations=false").nodeTopics())
        .containsExactly("kith.embeddings", "kith.predictions");
    assertThatThrownBy(() -> parse("--bootstrap-servers=k:1", "--recommendations=no"))
        .hasMessage("use true or false: recommendations=no");
  }

  @Test
  void listensOnLoopbackAndAsksForNoTokenUnlessTold() {
    ServeSettings settings = parse("--bootstrap-servers=k:1");

    assertThat(settings.listen()).isEqualTo(new HostInfo("127.0.0.1", 8480));
    assertThat(settings.advertise()).isEmpty();
    assertThat(settings.token()).isEmpty();
  }

  @Test
  void takesTheTokenFromAFileOrTheEnvironmentAndShowsItNowhere(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, TOKEN + "\n");

    ServeSettings fromFile = parse("--bootstrap-servers=k:1", "--token-file=" + file);
    ServeSettings fromEnvironment =
        ServeSettings.parse(Map.of("KITH_SERVE_TOKEN", TOKEN), "--bootstrap-servers=k:1");

    assertThat(fromFile.token().orElseThrow().isIn("Bearer " + TOKEN)).isTrue();
    assertThat(fromEnvironment.token().orElseThrow().isIn("bearer " + TOKEN)).isTrue();
    assertThat(fromFile.token().orElseThrow().isIn("Bearer " + TOKEN + "Z")).isFalse();
    assertThat(fromFile.token().orElseThrow().isIn(TOKEN)).isFalse();
    assertThat(fromFile.token().orElseThrow().isIn(null)).isFalse();
    assertThat(fromFile.toString()).doesNotContain(TOKEN);
    assertThat(fromFile.streamsProperties(new HostInfo("h", 1)).toString()).doesNotContain(TOKEN);
    assertThatThrownBy(
            () ->
                ServeSettings.parse(
                    Map.of("KITH_SERVE_TOKEN", "secret"), "--bootstrap-servers=k:1"))
        .hasMessage(
            "the token must have at least 16 letters, digits and '-._~+/', the rest '=' (its text is"
                + " not shown): from=KITH_SERVE_TOKEN");
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    "--listen=0.0.0.0:80",
                    "--max-k=0",
                    "--standby-replicas=many",
                    "--peer-timeout=7",
                    "--kafka.application.server=x:1",
                    "--colour=red",
                    "--token-file=nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .containsExactlyInAnyOrder(
                        "unknown setting, see --help: name=colour",
                        "say where Kafka is, such as localhost:9092: bootstrap-servers=null",
                        "file unreadable, java.nio.file.NoSuchFileException: nowhere:"
                            + " token-file=nowhere",
                        "use a whole number from 1 to 10000: max-k=0",
                        "use a whole number from 0 to 10: standby-replicas=many",
                        "use a positive number with its unit, such as 500ms, 30s, 15m, 1h, 1d:"
                            + " peer-timeout=7",
                        "set it by --advertise: name=kafka.application.server",
                        "say where others reach this instance, for it listens on all:"
                            + " advertise=null"));
    assertThatThrownBy(() -> parse("--bootstrap-servers=k:1", "--listen=here"))
        .hasMessage("use host:port with a port from 0 to 65535: listen=here");
  }

  @Test
  void helpNamesEverySettingWithItsDefault() {
    for (ServeOption option : ServeOption.values()) {
      assertThat(ServeOption.helpText()).contains("--" + option.label() + System.lineSeparator());
      if (option.preset() != null) {
        assertThat(ServeOption.helpText()).contains(" Default: " + option.preset() + ".");
      }
    }
  }

  private static ServeSettings parse(String... arguments) {
    return ServeSettings.parse(Map.of(), arguments);
  }
}
