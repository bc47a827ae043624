package dev.perch.tsn.plan.picture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one SVG file, shape by shape. */
final class Svg implements AutoCloseable {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String STYLE =
      "text{font:12px sans-serif;fill:#222}.title{font-size:15px;font-weight:bold}"
          + ".small{font-size:10px}.end{text-anchor:end}.middle{text-anchor:middle}"
          + ".grid{stroke:#ddd;stroke-width:1}.axis{stroke:#222;stroke-width:1}"
          + ".gate{fill:#d7e8f7;stroke:#9bb8d3;stroke-width:.5}"
          + ".others{fill:#eee;stroke:#bbb;stroke-width:.5}"
          + ".company{fill:#c4c4c4;stroke:#888;stroke-width:.5}"
          + ".frame{stroke:#222;stroke-width:.5}"
          + ".way{stroke:#222;stroke-width:1;stroke-dasharray:2 2;fill:none}"
          + ".bound{stroke:#d55e00;stroke-width:1.5;stroke-dasharray:6 3}";

  private final OutputStream file;
  private final XMLStreamWriter xml;

  Svg(Path path, double width, double height, String title) throws IOException {
    file = new BufferedOutputStream(Files.newOutputStream(path));
    try {
      xml = XMLOutputFactory.newFactory().createXMLStreamWriter(file, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
      xml.writeAttribute("width", number(width));
      xml.writeAttribute("height", number(height));
      xml.writeAttribute("role", "img");
      element("title", title);
      element("style", STYLE);
      xml.writeEmptyElement("rect");
      xml.writeAttribute("width", "100%");
      xml.writeAttribute("height", "100%");
      xml.writeAttribute("fill", "#fff");
    } catch (XMLStreamException e) {
      file.close();
      throw new IOException(e);
    }
  }

  /** A bar with a class of the style; the hint is shown where the pointer rests. */
  void bar(String style, double x, double y, double width, double height, String hint)
      throws IOException {
    bar(style, "", x, y, width, height, hint);
  }

  /** A bar with a colour of its own. */
  void bar(String style, String fill, double x, double y, double width, double height, String hint)
      throws IOException {
    try {
      xml.writeStartElement("rect");
      xml.writeAttribute("class", style);
      if (!fill.isEmpty()) {
        xml.writeAttribute("fill", fill);
      }
      xml.writeAttribute("x", number(x));
      xml.writeAttribute("y", number(y));
      xml.writeAttribute("width", number(width));
      xml.writeAttribute("height", number(height));
      if (!hint.isEmpty()) {
        element("title", hint);
      }
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  void line(String style, double fromX, double fromY, double toX, double toY) throws IOException {
    try {
      xml.writeEmptyElement("line");
      xml.writeAttribute("class", style);
      xml.writeAttribute("x1", number(fromX));
      xml.writeAttribute("y1", number(fromY));
      xml.writeAttribute("x2", number(toX));
      xml.writeAttribute("y2", number(toY));
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  void text(String style, double x, double y, String text) throws IOException {
    try {
      xml.writeStartElement("text");
      xml.writeAttribute("class", style);
      xml.writeAttribute("x", number(x));
      xml.writeAttribute("y", number(y));
      xml.writeCharacters(printable(text));
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void element(String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(printable(text));
    xml.writeEndElement();
  }

  /** XML 1.0 has no control characters, not even escaped. */
  private static String printable(String text) {
    return text.codePoints()
        .filter(c -> c >= 0x20 && c != 0xfffe && c != 0xffff && !(c >= 0xd800 && c < 0xe000))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }
}
