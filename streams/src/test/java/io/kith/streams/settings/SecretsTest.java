package io.kith.streams.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets come from, and that they come out nowhere. */
class SecretsTest {
  private static final String SECRET = "s3cr3t-of-the-broker";
  private static final String JAAS =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"kith\" password=\""
          + SECRET
          + "\";";

  @TempDir private Path folder;

  private enum Option implements Setting {
    CONFIG("config"),
    WINDOW("window");

    private final String label;

    Option(String label) {
      this.label = label;
    }

    @Override
    public Text text() {
      return new Text(label, "1h", "");
    }
  }

  @Test
  void propertiesOfKafkaComeFromFlagsTheEnvironmentAndTheFileInThisOrder() throws IOException {
    Path file = folder.resolve("app.properties");
    Files.writeString(file, "kafka.a.b=file\nkafka.c.d=file\nkafka.e.f=file\n");

    GivenSettings given =
        new GivenSettings(
            List.of(Option.values()),
            Option.CONFIG,
            Map.of("KITH_KAFKA_A_B", "environment", "KITH_KAFKA_C_D", "environment", "HOME", "/"),
            "--config=" + file,
            "--kafka.a.b=flag");

    assertThat(given.kafka(Map.of()))
        .isEqualTo(Map.of("a.b", "flag", "c.d", "environment", "e.f", "file"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kakfa.sasl.jaas.config=" + SECRET,
        "--sasl.jaas.config=" + SECRET,
        "password=\"" + SECRET + "\";",
        "--window=x --token=" + SECRET
      })
  void noFaultShowsOne(String arguments) {
    assertThatThrownBy(
            () -> {
              GivenSettings given =
                  new GivenSettings(List.of(Option.values()), Option.CONFIG, arguments.split(" "));
              assertThat(given.duration(Option.WINDOW)).isNotNull();
              given.refuseFaults();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void kafkaFetchesThemFromFilesByItsOwnProviders() throws IOException {
    Files.writeString(folder.resolve("jaas"), JAAS);
    Map<String, Object> properties =
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "a",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            "k:1",
            "config.providers",
            "dir",
            "config.providers.dir.class",
            "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            "SASL_PLAINTEXT",
            SaslConfigs.SASL_JAAS_CONFIG,
            "${dir:" + folder + ":jaas}");

    Map<String, Object> client = new StreamsConfig(properties).getAdminConfigs("c");
    AdminClientConfig admin = new AdminClientConfig(client);

    assertThat(admin.getPassword(SaslConfigs.SASL_JAAS_CONFIG)).isEqualTo(new Password(JAAS));
    assertThat(admin.values().toString()).doesNotContain(SECRET);
  }
}
