package io.kith.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeSettingsTest {
  @Test
  void readsACommandLine() {
    IntakeSettings settings =
        parse(
            "--bootstrap-servers",
            "localhost:9092",
            "--prefix=demo",
            "--topics=orders, refunds",
            "--format=debezium",
            "--operations=c,u",
            "--event-id=/source/file,/source/pos",
            "--duplicate-window=30m",
            "--delivery=exactly-once",
            "--kafka.num.stream.threads=2");

    assertThat(settings.topics()).containsExactly("orders", "refunds");
    assertThat(settings.edgesTopic()).isEqualTo("demo.edges");
    assertThat(settings.deadLetterTopic()).isEqualTo("demo.dead-letter");
    assertThat(settings.format().get()).isInstanceOf(DebeziumEvents.class);
    assertThat(settings.fields().eventId()).hasSize(2);
    assertThat(settings.duplicateWindow()).isEqualTo(Duration.ofMinutes(30));
    assertThat(settings.dropsDuplicates()).isTrue();
    assertThat(settings.streamsProperties())
        .containsEntry("application.id", "demo-intake")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("num.stream.threads", "2")
        .containsEntry("consumer.isolation.level", "read_committed");
  }

  @Test
  void whatIsLeftOutDependsOnTheFormat() {
    IntakeSettings json = parse("--bootstrap-servers=k:1", "--topics=t");
    IntakeSettings cloud = parse("--bootstrap-servers=k:1", "--topics=t", "--format=cloudevents");
    IntakeSettings named =
        parse("--bootstrap-servers=k:1", "--topics=t", "--format=cloudevents", "--timestamp=at");

    assertThat(json.fields().timestamp().name()).isEqualTo("timestamp");
    assertThat(json.fields().unit()).isEqualTo(TimestampUnit.MILLISECONDS);
    assertThat(json.dropsDuplicates()).isFalse();
    assertThat(cloud.fields().timestamp().name()).isEqualTo("/time");
    assertThat(cloud.fields().unit()).isEqualTo(TimestampUnit.ISO_8601);
    assertThat(cloud.dropsDuplicates()).isTrue();
    assertThat(named.fields().unit()).isEqualTo(TimestampUnit.MILLISECONDS);
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    "--topics=a,a,kith.edges,b c",
                    "--format=csv",
                    "--csv-columns=u,v",
                    "--csv-separator=;;",
                    "--source=u",
                    "--target=w",
                    "--timestamp=v",
                    "--timestamp-unit=days",
                    "--timestamp-earliest=soon",
                    "--feature-count=x",
                    "--operations=d",
                    "--duplicate-window=7",
                    "--self-loops=keep",
                    "--delivery=maybe",
                    "--max-id-bytes=0",
                    "--kafka.processing.guarantee=exactly_once_v2",
                    "--colour=red"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .containsExactlyInAnyOrder(
                        "unknown setting, see --help: name=colour",
                        "say where Kafka is, such as localhost:9092: bootstrap-servers=null",
                        "name each topic once: topics=a,a,kith.edges,b c",
                        "the intake writes to this one, name another: topics=kith.edges",
                        "no name of a topic, see Kafka's rules: topics=b c",
                        "use one character other than a quote, or tab: csv-separator=;;",
                        "use a column of --csv-columns: target=w",
                        "use seconds, milliseconds, microseconds, nanoseconds or iso-8601:"
                            + " timestamp-unit=days",
                        "use a time with an offset, not before 1970-01-01T00:00:00Z:"
                            + " timestamp-earliest=soon",
                        "use a whole number from 0 to 4096: feature-count=x",
                        "use some of c, r and u, separated by commas: operations=d",
                        "use a positive number with its unit, such as 500ms, 30s, 15m, 1h, 1d:"
                            + " duplicate-window=7",
                        "use one of dead-letter, drop: self-loops=keep",
                        "use one of at-least-once, exactly-once: delivery=maybe",
                        "use a whole number from 1 to 65535: max-id-bytes=0",
                        "set it by --delivery: name=kafka.processing.guarantee"));
    assertThatThrownBy(
            () -> parse("--bootstrap-servers=k:1", "--topics=t", "--format=csv", "--source=1"))
        .hasMessageContaining(
            "use the number of a column from 1, or name them by --csv-columns: target=target");
    assertThatThrownBy(() -> parse("--bootstrap-servers=k:1", "--topics=t", "--source=a..b"))
        .hasMessage("use a path such as user.id or a pointer such as /user/id: source=a..b");
  }

  @Test
  void showsNoPropertyOfKafka() {
    IntakeSettings settings =
        IntakeSettings.parse(
            Map.of("KITH_KAFKA_SASL_JAAS_CONFIG", "s3cr3t"),
            "--bootstrap-servers=k:1",
            "--topics=t");

    assertThat(settings.streamsProperties()).containsEntry("sasl.jaas.config", "s3cr3t");
    assertThat(settings.toString())
        .isEqualTo(
            "IntakeSettings[application-id=kith-intake, bootstrap-servers=k:1, kafka=[sasl.jaas.config]]");
  }

  @Test
  void helpNamesEverySettingWithItsDefault() {
    for (IntakeOption option : IntakeOption.values()) {
      assertThat(IntakeOption.helpText()).contains("--" + option.label() + System.lineSeparator());
      if (option.preset() != null) {
        assertThat(IntakeOption.helpText()).contains(" Default: " + option.preset() + ".");
      }
    }
  }

  private static IntakeSettings parse(String... arguments) {
    return IntakeSettings.parse(Map.of(), arguments);
  }
}
