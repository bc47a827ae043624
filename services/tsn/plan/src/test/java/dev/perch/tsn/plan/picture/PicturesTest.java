package dev.perch.tsn.plan.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateEntry.Operation;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the pictures of a plan show. */
class PicturesTest {
  private static final String NAME = "a<&\u0001>b";

  @TempDir private Path folder;

  @BeforeEach
  void draw() throws Exception {
    Network network =
        new Network(
            List.of(new EndStation("a"), new Bridge("x"), new EndStation("b")),
            List.of(Link.of("a", "x", 1000, 1000), Link.of("x", "b", 100, 0)));
    Stream stream =
        Stream.of(NAME, "a", List.of("b"), 500_000, 500).but().maxLatency(60_000L).build();
    Tree tree =
        new Tree(List.of(new Hop("a-x", 7, List.of(20_000L)), new Hop("x-b", 7, List.of(30_000L))));
    GateList gates =
        new GateList(
            "a-x",
            0,
            1_000_000,
            List.of(
                new GateEntry(Operation.SET_GATE_STATES, 0x7f, 7_000),
                new GateEntry(Operation.SET_GATE_STATES, 0, 13_000),
                new GateEntry(Operation.SET_GATE_STATES, 0x80, 4_160),
                new GateEntry(Operation.SET_GATE_STATES, 0x7f, 975_840)));
    Plan plan = new Plan(Map.of(NAME, new StreamPlan(NAME, List.of(tree))), Map.of("a-x", gates));

    assertThat(new Pictures(network, List.of(stream), plan).write(folder)).isEqualTo(2);
  }

  @Test
  void aPortShowsEachFrameOfTheCycleAndTheOpenGates() throws Exception {
    Document picture = parse("port-a-x.svg");

    // Twice 500 µs in the cycle, and one in the legend.
    assertThat(bars(picture, "frame")).hasSize(3);
    assertThat(bars(picture, "gate")).hasSize(2);
    assertThat(texts(picture)).contains("queue 7", "other traffic", "time in ms", "a<&>b");
  }

  @Test
  void framesStandWhereTheTimeSays() throws Exception {
    List<Element> frames = bars(parse("port-a-x.svg"), "frame");

    double first = Double.parseDouble(frames.get(0).getAttribute("x"));
    double second = Double.parseDouble(frames.get(1).getAttribute("x"));
    // The axis is 1060 wide for 1 ms.
    assertThat(first).isEqualTo(110 + 1060 * 0.02);
    assertThat(second - first).isEqualTo(530);
    assertThat(frames.get(0).getTextContent()).contains("20000 to 24160 ns, queue 7");
  }

  @Test
  void aStreamShowsItsWayAndItsBound() throws Exception {
    Document picture = parse("stream-a-b.svg");

    assertThat(bars(picture, "frame")).hasSize(3);
    assertThat(texts(picture)).contains("a to x", "x to b", "latency bound", "time in µs");
  }

  private Document parse(String file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Files.newInputStream(folder.resolve(file)));
  }

  private static List<Element> bars(Document picture, String style) {
    List<Element> bars = new ArrayList<>();
    NodeList all = picture.getElementsByTagName("rect");
    for (int i = 0; i < all.getLength(); i++) {
      Element bar = (Element) all.item(i);
      if (bar.getAttribute("class").equals(style)) {
        bars.add(bar);
      }
    }
    return bars;
  }

  private static List<String> texts(Document picture) {
    List<String> texts = new ArrayList<>();
    NodeList all = picture.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(all.item(i).getTextContent());
    }
    return texts;
  }
}
