package io.kith.streams.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Answers with a node's latest list, as it stands on the topic, but for one thing: the nodes that
 * stand between, which the topic names by key alone, have their ids, wherever they are. Any thread.
 */
final class RecommendationAnswers {
  /**
   * What is served of a node's next partners.
   *
   * @param list null where the job has made none of the node
   */
  record NodeRecommendations(String node, JsonNode list, Collection<String> silentInstances) {}

  private final NodeAnswers nodes;
  private final NameAnswers names;

  RecommendationAnswers(NodeAnswers nodes, NameAnswers names) {
    this.nodes = nodes;
    this.names = names;
  }

  /**
   * The latest list.
   *
   * @param forwarded whether another instance asks, which will look the ids up itself
   */
  Reply recommendations(String node, boolean forwarded) {
    Reply found = nodes.recommendations(node, forwarded);
    if (forwarded || found.status() != Reply.OK) {
      return found;
    }
    try {
      return named(node, Json.read(found.json(), JsonNode.class), found.role());
    } catch (IOException e) {
      throw new UncheckedIOException("another instance's answer is no list: node=" + node, e);
    }
  }

  private Reply named(String node, JsonNode list, String role) {
    List<ObjectNode> between = new ArrayList<>();
    Set<Long> keys = new LinkedHashSet<>();
    for (JsonNode strongest : list.findValues("strongest")) {
      for (JsonNode each : strongest) {
        between.add((ObjectNode) each);
        keys.add(Long.valueOf(each.get("key").asText()));
      }
    }
    Map<String, String> ids = new TreeMap<>();
    Set<String> silent = new TreeSet<>();
    List<Long> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += NameAnswers.MOST_KEYS) {
      int to = Math.min(all.size(), from + NameAnswers.MOST_KEYS);
      NameAnswers.Names part = names.names(all.subList(from, to), false);
      ids.putAll(part.names());
      silent.addAll(part.silentInstances());
    }
    between.forEach(each -> each.put("node", ids.get(each.get("key").asText())));
    return Reply.ok(new NodeRecommendations(node, list, silent), role);
  }
}
