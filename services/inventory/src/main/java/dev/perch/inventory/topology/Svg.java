package dev.perch.inventory.topology;

import dev.perch.inventory.topology.Topology.Kind;
import dev.perch.inventory.topology.Topology.Link;
import dev.perch.inventory.topology.Topology.Node;
import dev.perch.inventory.topology.Topology.Port;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Draws a topology: neighbours in a row above, hosts below, a line for each cable. */
final class Svg {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 36;
  private static final int GAP = 24;
  private static final int ROW = 220;
  private static final int MARGIN = 20;

  private record Place(int x, int y) {
    int middle() {
      return x + WIDTH / 2;
    }
  }

  private final XMLStreamWriter xml;
  private final Map<String, Place> places = new HashMap<>();

  private Svg(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(Topology topology) {
    var text = new StringWriter();
    try {
      new Svg(XMLOutputFactory.newFactory().createXMLStreamWriter(text)).draw(topology);
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void draw(Topology topology) throws XMLStreamException {
    int neighbours = place(topology, Kind.NEIGHBOUR, MARGIN);
    int hosts = place(topology, Kind.HOST, MARGIN + ROW);
    int width = 2 * MARGIN + Math.max(1, Math.max(neighbours, hosts)) * (WIDTH + GAP) - GAP;
    int height = 2 * MARGIN + ROW + HEIGHT;
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
    xml.writeAttribute("viewBox", "0 0 %d %d".formatted(width, height));
    xml.writeAttribute("font-family", "sans-serif");
    xml.writeAttribute("font-size", "12");
    Map<String, Port> ports =
        topology.ports().stream().collect(Collectors.toMap(Port::id, port -> port));
    for (Link link : topology.links()) {
      line(ports.get(link.a()), ports.get(link.b()));
    }
    for (Node node : topology.nodes()) {
      box(node);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.flush();
  }

  /** Returns how many there are. */
  private int place(Topology topology, Kind kind, int y) {
    List<Node> row = topology.nodes().stream().filter(node -> node.kind() == kind).toList();
    for (int i = 0; i < row.size(); i++) {
      places.put(row.get(i).id(), new Place(MARGIN + i * (WIDTH + GAP), y));
    }
    return row.size();
  }

  private void line(@Nullable Port a, @Nullable Port b) throws XMLStreamException {
    if (a == null || b == null) {
      return;
    }
    Place from = places.get(a.node());
    Place to = places.get(b.node());
    if (from == null || to == null) {
      return;
    }
    xml.writeStartElement("path");
    int bend = (from.y() + to.y()) / 2 + (from.y() == to.y() ? -ROW / 3 : 0) + HEIGHT / 2;
    xml.writeAttribute(
        "d",
        "M %d %d Q %d %d %d %d"
            .formatted(
                from.middle(),
                from.y() + HEIGHT / 2,
                (from.middle() + to.middle()) / 2,
                bend,
                to.middle(),
                to.y() + HEIGHT / 2));
    xml.writeAttribute("fill", "none");
    xml.writeAttribute("stroke", "#557");
    title(a.name() + " – " + b.name());
    xml.writeEndElement();
  }

  private void box(Node node) throws XMLStreamException {
    Place place = places.get(node.id());
    if (place == null) {
      return;
    }
    xml.writeStartElement("g");
    xml.writeAttribute("class", node.kind().name().toLowerCase(Locale.ROOT));
    title(node.id());
    xml.writeEmptyElement("rect");
    xml.writeAttribute("x", Integer.toString(place.x()));
    xml.writeAttribute("y", Integer.toString(place.y()));
    xml.writeAttribute("width", Integer.toString(WIDTH));
    xml.writeAttribute("height", Integer.toString(HEIGHT));
    xml.writeAttribute("rx", node.kind() == Kind.HOST ? "3" : "16");
    xml.writeAttribute("fill", node.kind() == Kind.HOST ? "#eef" : "#efe");
    xml.writeAttribute("stroke", "#557");
    xml.writeStartElement("text");
    xml.writeAttribute("x", Integer.toString(place.middle()));
    xml.writeAttribute("y", Integer.toString(place.y() + HEIGHT / 2 + 4));
    xml.writeAttribute("text-anchor", "middle");
    xml.writeCharacters(node.name());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void title(String text) throws XMLStreamException {
    xml.writeStartElement("title");
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
