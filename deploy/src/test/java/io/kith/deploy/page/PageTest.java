package io.kith.deploy.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.demo.DemoStream;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on everything that stands behind it. */
class PageTest {
  private static final String TOKEN = "a-token-for-the-page";
  private static final int TAB = 9;
  private static final int ENTER = 13;
  private static final long DAY = 86_400_000;

  /** A year after the end of the stream that comes before. */
  private static final long LATER = 1_130_000_000_000L;

  private static final Map<String, String> FLAGS =
      Map.of(
          "window", "1 min",
          "nodes", "5000",
          "idle-timeout", "1 s",
          "max-parallelism", "1",
          "explain-share", "1",
          "who-next", "3");

  @TempDir Path folder;

  /** Ann knows m1, m2 and m3; ben knows m2, m3 and m4. */
  private static List<Interaction> circle() {
    List<Interaction> all = new ArrayList<>();
    for (String known : List.of("m1", "m2", "m3")) {
      all.add(new Interaction("ann", known, LATER + all.size() * DAY));
    }
    for (String known : List.of("m2", "m3", "m4")) {
      all.add(new Interaction("ben", known, LATER + all.size() * DAY));
    }
    return all;
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void showsTheStreamAsItGoesAndDrawsWhatIsAskedFor() throws Exception {
    Optional<Path> binary = Chromium.installed();
    assumeTrue(
        binary.isPresent(), "no browser is installed (Debian: chromium), the page is not tested");
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Path root = Path.of("..").toAbsolutePath();
    try (LocalStack stack = new LocalStack(folder.resolve("run"), step -> {})) {
      stack.startKafka(new SettingsLoader(Map.of()).load(Optional.empty(), FLAGS), 0, 1);
      String address =
          stack.startServing(
              root, folder.resolve("serve.log"), 0, List.of("--token-file", token.toString()));
      stack.startQuality(root, folder.resolve("quality.log"), List.of("--window-length", "1d"));
      stack.startJob();
      try (EdgeProducer edges =
              new EdgeProducer(
                  stack.bootstrapServers(), Map.of(), stack.settings().topic("edges"));
          Chromium browser = new Chromium(binary.get(), folder.resolve("profile"))) {
        for (Interaction each : DemoStream.bundled(folder, 600).interactions()) {
          edges.send(each);
        }
        for (Interaction each : circle()) {
          edges.send(each);
        }
        edges.flush();
        browser.width(1280, false);
        givesTheToken(browser, address);
        followsTheStream(browser, edges);
        tellsHowGoodItIs(browser, address);
        findsANode(browser);
        tellsWhoIsNext(browser, address);
        drawsAPairAsItIsNow(browser);
        drawsTheRightNodes(browser);
        fitsAPhoneAndTheNight(browser);
        assertThat(browser.errors()).isEmpty();
        String shots = System.getProperty("page.pictures");
        if (shots != null) {
          browser.picture(Path.of(shots));
        }
      }
    }
  }

  /** The page stands there from the start of the process; it asks for the token by itself. */
  private static void givesTheToken(Chromium browser, String address) throws Exception {
    while (!browser.value("location.protocol").asText().equals("http:")) {
      browser.open(address); // the process may not listen yet
    }
    browser.await("document.querySelector('#token-dialog')?.open"); // it may still be loading
    assertThat(browser.value("document.activeElement.id").asText()).isEqualTo("token");
    browser.type("not-this-one-at-all");
    browser.press("Enter", ENTER);
    browser.await(
        "document.querySelector('#token-dialog').open && !document.querySelector('#token-fault').hidden");
    browser.type(TOKEN);
    browser.press("Enter", ENTER);
    browser.await("document.querySelector('#status').dataset.state === 'on'");
    assertThat(browser.errors())
        .allSatisfy(error -> assertThat(error).containsAnyOf("status of 401", "status of 503"));
    browser.errors().clear();
  }

  private static void followsTheStream(Chromium browser, EdgeProducer edges) throws Exception {
    browser.await(newest("ben", "m4"));
    assertThat(browser.text("#lag-title")).isEqualTo("Stream time");
    assertThat(browser.text("#lag")).isEqualTo("27 Oct 2005");

    edges.send(new Interaction("ann", "ben", LATER + 8 * DAY));
    edges.flush();

    browser.await(newest("ann", "ben"));
    browser.await("document.querySelector('#lag').textContent === '30 Oct 2005'");
    browser.await("document.querySelectorAll('#quality polyline').length === 3");
  }

  /** What the API says in total, as soon as both have heard of the last prediction. */
  private static void tellsHowGoodItIs(Chromium browser, String address) throws Exception {
    String shown;
    String said;
    do {
      JsonNode total = new JsonMapper().readTree(get(address, "v1/quality")).get("total");
      said =
          "%.1f; Recency %.1f · EdgeBank %.1f"
              .formatted(
                  100 * total.at("/model/mrr").asDouble(),
                  100 * total.at("/recency/mrr").asDouble(),
                  100 * total.at("/edgeBank/mrr").asDouble());
      shown = browser.text("#mrr") + "; " + browser.text("#mrr-aside");
      assertThat(Thread.currentThread().isInterrupted()).as("%s, said %s", shown, said).isFalse();
    } while (!shown.equals(said));
  }

  private static String newest(String source, String target) {
    return "document.querySelector('#live li .who')?.textContent === '%s→%s'"
        .formatted(source, target);
  }

  private static void findsANode(Chromium browser) throws Exception {
    browser.value("document.querySelector('#query').focus()");
    browser.type("m2");
    browser.press("Enter", ENTER);
    awaitView(browser, "Node m2", "#neighbours");

    assertThat(browser.value("location.hash").asText()).isEqualTo("#/node/m2");
    assertThat(texts(browser, "#neighbours li a:first-child")).containsExactly("ben", "ann");
    assertThat(texts(browser, "#similar li a:first-child")).hasSize(8).doesNotContain("m2");

    browser.value("document.querySelector('#query').select()");
    browser.type("nobody");
    browser.press("Enter", ENTER);
    awaitView(browser, "Node nobody", "#view .empty");
    assertThat(browser.text("#view .empty")).startsWith("No such node is known");
    browser.errors().removeIf(error -> error.contains("status of 404"));
  }

  /** Ben's last three interactions were with m2, m3 and m4; ann knows the first two. */
  private static void tellsWhoIsNext(Chromium browser, String address) throws Exception {
    while (!get(address, "v1/nodes/ben/recommendations").contains("\"target\":\"m3\"")) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
    }
    browser.value("document.querySelector('#query').select()");
    browser.type("ben");
    browser.press("Enter", ENTER);
    awaitView(browser, "Node ben", "#next");

    assertThat(texts(browser, "#next li .name")).hasSize(3).contains("m3");
    assertThat(texts(browser, "#next li .reason"))
        .allSatisfy(reason -> assertThat(reason).matches("(Met \\d+×, last|Not met).*\\."))
        .anySatisfy(reason -> assertThat(reason).startsWith("Met 1×, last "));
  }

  private static void drawsTheRightNodes(Chromium browser) throws Exception {
    browser.value("document.querySelector('#live li .why').focus()");
    browser.press("Enter", ENTER);
    awaitView(browser, "ann → ben", "#drawing svg");

    assertThat(browser.text("#view")).contains("What the model saw before the interaction");
    assertThat(browser.text("#view"))
        .contains("6 nodes around the two, 2 held by both; 4 are drawn");
    assertThat(drawn(browser))
        .isEqualTo(
            Map.of(
                "ann", "source", "ben", "target", "m1", "alone", "m2", "direct", "m3", "direct",
                "m4", "alone"));
    assertThat(browser.value("document.querySelectorAll('#legend li').length").asInt())
        .isEqualTo(10);
    List<String> edges = new ArrayList<>();
    browser
        .value(
            "[...document.querySelectorAll('#drawing line.edge:not(.second)')].map(l => l.textContent + ', ' + l.classList[1])")
        .forEach(edge -> edges.add(edge.asText()));
    assertThat(edges)
        .as("of ann to m1, m2, m3, of ben to m2, m3, m4; a week and more is a shade of its own")
        .containsExactlyInAnyOrder(
            "8 d before, age3",
            "7 d before, age3",
            "6 d before, age2",
            "5 d before, age2",
            "4 d before, age2",
            "3 d before, age2");
  }

  /** No prediction was made of it, so it is drawn from the N-caches. */
  private static void drawsAPairAsItIsNow(Chromium browser) throws Exception {
    browser.value("document.querySelector('#other').focus()");
    browser.type("ann");
    browser.press("Enter", ENTER);
    awaitView(browser, "ben → ann", "#drawing svg");

    assertThat(browser.text("#view"))
        .contains("as their N-caches are now", "as they are now: 2 held by both.");
    assertThat(drawn(browser))
        .isEqualTo(
            Map.of(
                "ben", "source", "ann", "target", "m1", "alone", "m2", "direct", "m3", "direct",
                "m4", "alone"));
  }

  /** Until it is there in the view of that title, not in the one before. */
  private static void awaitView(Chromium browser, String title, String selector) throws Exception {
    browser.await(
        "document.querySelector('#view-title').textContent === '%s' && document.querySelector('%s')"
            .formatted(title, selector));
  }

  /** What each node is drawn as. */
  private static Map<String, String> drawn(Chromium browser) throws Exception {
    Map<String, String> drawn = new TreeMap<>();
    for (JsonNode each :
        browser.value(
            "[...document.querySelectorAll('#drawing [data-key]')].map(g => [g.dataset.node, g.dataset.key, g.classList[1] ?? g.dataset.role])")) {
      assertThat(each.get(1).asText()).isEqualTo(Long.toString(NodeKey.of(each.get(0).asText())));
      drawn.put(each.get(0).asText(), each.get(2).asText());
    }
    return drawn;
  }

  private static String get(String address, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static void fitsAPhoneAndTheNight(Chromium browser) throws Exception {
    String ground = browser.value("getComputedStyle(document.body).backgroundColor").asText();
    browser.dark(true);
    assertThat(browser.value("getComputedStyle(document.body).backgroundColor").asText())
        .isNotEqualTo(ground);
    browser.width(390, true);
    browser.await(
        "document.querySelector('#drawing svg').viewBox.baseVal.height > document.querySelector('#drawing svg').viewBox.baseVal.width");
    assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isEqualTo(390);

    browser.value("document.querySelector('#query').focus()");
    browser.press("Tab", TAB);
    assertThat(browser.value("document.activeElement.textContent").asText()).isEqualTo("Find");
    assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle").asText())
        .isEqualTo("solid");
  }

  private static List<String> texts(Chromium browser, String selector) throws Exception {
    List<String> texts = new ArrayList<>();
    browser
        .value("[...document.querySelectorAll('%s')].map(e => e.textContent)".formatted(selector))
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
