package dev.perch.certmon.expiry;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A forecast as a time line (SVG 1.1): a row for each, a bar to its end, a dot where it is renewed.
 */
final class ForecastPicture {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final int NAMES = 260;
  private static final int SCALE = 700;
  private static final int ROW = 18;
  private static final int HEAD = 30;
  private static final int TICKS = 6;

  private final XMLStreamWriter xml;
  private final Forecast forecast;

  private ForecastPicture(XMLStreamWriter xml, Forecast forecast) {
    this.xml = xml;
    this.forecast = forecast;
  }

  static String of(Forecast forecast) {
    var text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new ForecastPicture(xml, forecast).draw();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private void draw() throws XMLStreamException {
    int height = HEAD + ROW * forecast.items().size() + ROW;
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
    xml.writeAttribute("viewBox", "0 0 %d %d".formatted(NAMES + SCALE + 2 * ROW, height));
    xml.writeAttribute("font-family", "sans-serif");
    xml.writeAttribute("font-size", "11");
    for (int i = 0; i <= TICKS; i++) {
      tick(
          forecast
              .from()
              .plus(
                  Duration.between(forecast.from(), forecast.to())
                      .multipliedBy(i)
                      .dividedBy(TICKS)),
          height);
    }
    int y = HEAD;
    for (Forecast.Entry entry : forecast.items()) {
      row(entry, y);
      y += ROW;
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void tick(Instant at, int height) throws XMLStreamException {
    int x = x(at);
    xml.writeEmptyElement("line");
    attributes("x1", x, "x2", x, "y1", HEAD - ROW / 2, "y2", height);
    xml.writeAttribute("stroke", "#ddd");
    text(DAY.format(at), x, ROW - 4, "middle");
  }

  private void row(Forecast.Entry entry, int y) throws XMLStreamException {
    boolean covered = entry.renewAt() != null;
    xml.writeStartElement("g");
    xml.writeAttribute("class", covered ? "renewed" : "ends");
    xml.writeStartElement("title");
    xml.writeCharacters(title(entry));
    xml.writeEndElement();
    text(entry.name(), NAMES - 8, y + ROW - 5, "end");
    xml.writeEmptyElement("rect");
    attributes("x", NAMES, "y", y + 4, "width", Math.max(2, x(entry.notAfter()) - NAMES));
    xml.writeAttribute("height", Integer.toString(ROW - 8));
    xml.writeAttribute("fill", covered ? "#9bc" : "#d77");
    Instant renewAt = entry.renewAt();
    if (renewAt != null) {
      xml.writeEmptyElement("circle");
      attributes("cx", x(renewAt), "cy", y + ROW / 2, "r", 4);
      xml.writeAttribute("fill", "#245");
    }
    xml.writeEndElement();
  }

  private static String title(Forecast.Entry entry) {
    @Nullable Instant renewAt = entry.renewAt();
    return entry.name()
        + ": ends "
        + entry.notAfter()
        + (renewAt == null ? ", not renewed" : ", renewed " + renewAt);
  }

  private void text(String text, int x, int y, String anchor) throws XMLStreamException {
    xml.writeStartElement("text");
    attributes("x", x, "y", y);
    xml.writeAttribute("text-anchor", anchor);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void attributes(Object... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      xml.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
  }

  private int x(Instant at) {
    double whole = Duration.between(forecast.from(), forecast.to()).toMillis();
    double part = Duration.between(forecast.from(), at).toMillis() / whole;
    return NAMES + (int) (SCALE * Math.clamp(part, 0, 1));
  }
}
