package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualitySettingsTest {
  @Test
  void readsACommandLine() {
    QualitySettings settings =
        QualitySettings.parse(
            "--bootstrap-servers",
            "localhost:9092",
            "--prefix=demo",
            "--window-length",
            "1d",
            "--from",
            "2004-08-01T00:00:00Z",
            "--kafka.num.stream.threads=2");

    assertThat(settings.predictionsTopic()).isEqualTo("demo.predictions");
    assertThat(settings.qualityTopic()).isEqualTo("demo.quality");
    assertThat(settings.alertsTopic()).isEqualTo("demo.alerts");
    assertThat(settings.applicationId()).isEqualTo("demo-quality");
    assertThat(settings.windowLength()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.from()).hasValue(1091318400000L);
    assertThat(settings.streamsProperties())
        .containsEntry("application.id", "demo-quality")
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("num.stream.threads", "2")
        .containsEntry("consumer.isolation.level", "read_committed");
  }

  @Test
  void hasDefaultsForAllButTheServers() {
    QualitySettings settings = QualitySettings.parse("--bootstrap-servers=k:1");

    assertThat(settings.prefix()).isEqualTo("kith");
    assertThat(settings.windowLength()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.from()).isEmpty();
    assertThat(settings.keepWindows()).isEqualTo(1000);
    assertThat(settings.alertWindows()).isEqualTo(24);
    assertThat(settings.alertRanked()).isEqualTo(100);
    assertThat(settings.publishInterval()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThatThrownBy(
            () ->
                QualitySettings.parse(
                    "--prefix",
                    "a b",
                    "--window-length",
                    "7",
                    "--keep-windows=0",
                    "--from=yesterday",
                    "--kafka.state.dir=x",
                    "--colour",
                    "red",
                    "--config",
                    "nowhere",
                    "--application-id=x",
                    "--application-id=y",
                    "stray",
                    "--publish-interval"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .containsExactlyInAnyOrder(
                        "given twice, leave one out: name=application-id",
                        "expected --NAME VALUE: argument=stray",
                        "value missing, write --publish-interval VALUE: name=publish-interval",
                        "file unreadable, java.nio.file.NoSuchFileException: nowhere: config=nowhere",
                        "unknown setting, see --help: name=colour",
                        "use 1 to 230 letters, digits, '.', '_' and '-': prefix=a b",
                        "say where Kafka is, such as localhost:9092: bootstrap-servers=null",
                        "use a positive number with its unit, such as 500ms, 30s, 15m, 1h, 1d:"
                            + " window-length=7",
                        "use ms since 1970 or a time such as 2004-06-01T00:00:00Z: from=yesterday",
                        "use a whole number from 1 to 999999999: keep-windows=0",
                        "keep more than alert-windows, which is 24: keep-windows=1",
                        "set it by --state-dir: name=kafka.state.dir"));
  }

  @Test
  void asksKafkaAboutItsOwnSettings() {
    assertThatThrownBy(
            () -> QualitySettings.parse("--bootstrap-servers=k:1", "--kafka.num.stream.threads=x"))
        .hasMessage(
            "Kafka refuses its settings, Invalid value x for configuration num.stream.threads: Not a"
                + " number of type INT: kafka=[num.stream.threads]");
  }

  @Test
  void flagsWinOverTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("quality.properties");
    Files.writeString(file, "bootstrap-servers=k:1\nprefix=file\nwindow-length=2h\n");

    QualitySettings settings = QualitySettings.parse("--config", file.toString(), "--prefix=flag");

    assertThat(settings.bootstrapServers()).isEqualTo("k:1");
    assertThat(settings.prefix()).isEqualTo("flag");
    assertThat(settings.windowLength()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void windowsStartAtMultiplesOfTheirLengthBefore1970Too() {
    QualitySettings settings =
        QualitySettings.parse("--bootstrap-servers=k:1", "--window-length=10ms");

    assertThat(settings.windowOf(29)).isEqualTo(20);
    assertThat(settings.windowOf(30)).isEqualTo(30);
    assertThat(settings.windowOf(-1)).isEqualTo(-10);
  }

  @Test
  void helpNamesEverySetting() {
    for (QualityOption option : QualityOption.values()) {
      assertThat(QualityOption.helpText()).contains("--" + option.label() + System.lineSeparator());
    }
  }
}
