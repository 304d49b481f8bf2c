package io.kith.deploy.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads values from the three places where they may stand, without judging them. */
final class Sources {
  /** Prefix of the properties that go to Kafka's clients as they are. */
  static final String KAFKA = "kafka.";

  /** Variables that the kith script and the Streams applications read themselves. */
  private static final Pattern OF_OTHERS =
      Pattern.compile("KITH_JAVA_OPTS|KITH_(SERVE|INTAKE)_[A-Z_]+");

  private static final String VARIABLE = "KITH_";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().build().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

  private Sources() {}

  /** Name of the variable that stands for a setting: {@code KITH_SELF_LOOPS}. */
  static String variable(String setting) {
    return VARIABLE + setting.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  /** Every {@code KITH_...} variable; unknown ones keep the name that they would have. */
  static List<Given> environment(Map<String, String> environment) {
    List<Given> found = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE) && !OF_OTHERS.matcher(name).matches()) {
            String rest = name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
            String setting =
                rest.startsWith("kafka_") ? rest.replace('_', '.') : rest.replace('_', '-');
            found.add(new Given(setting, value, "environment " + name));
          }
        });
    return found;
  }

  /** Flags by setting; Kafka properties come with their prefix. */
  static List<Given> flags(Map<String, String> flags) {
    List<Given> found = new ArrayList<>();
    flags.forEach(
        (setting, value) -> {
          String flag = setting.startsWith(KAFKA) ? "--kafka" : "--" + setting;
          found.add(new Given(setting, value, "flag " + flag));
        });
    return found;
  }

  /** A YAML file of scalars; {@code kafka:} may hold a mapping. Faults go to {@code faults}. */
  static List<Given> file(Path file, List<Fault> faults) {
    List<Given> found = new ArrayList<>();
    if (!Files.isReadable(file)) {
      faults.add(
          new Fault(
              "config", "cannot be read", "name a YAML file", "flag --config", file.toString()));
      return found;
    }
    try {
      JsonNode root = YAML.readTree(Files.readString(file));
      if (root.isMissingNode() || root.isNull()) {
        return found;
      }
      if (!root.isObject()) {
        faults.add(
            new Fault(
                "config",
                "is not a mapping",
                "write one 'setting: value' a line",
                "flag --config",
                file.toString()));
        return found;
      }
      flatten("", root, "file " + file, found, faults);
    } catch (JsonProcessingException e) {
      faults.add(
          new Fault(
              "config",
              "is not YAML (" + e.getOriginalMessage().lines().findFirst().orElse("") + ")",
              "write one 'setting: value' a line",
              "line " + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
              file.toString()));
    } catch (IOException e) {
      faults.add(
          new Fault(
              "config",
              "cannot be read (" + e.getMessage() + ")",
              "name a YAML file in UTF-8",
              "flag --config",
              file.toString()));
    }
    return found;
  }

  private static void flatten(
      String path, JsonNode node, String source, List<Given> found, List<Fault> faults) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = path + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        flatten(name + ".", value, source, found, faults);
      } else if (value.isValueNode() && !value.isNull()) {
        found.add(new Given(name, value.asText(), source));
      } else {
        faults.add(new Fault(name, "has no plain value", "write one", source, value.toString()));
      }
    }
  }
}
