package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** A part of a Secret that has owners of its own. */
record Part(Place place, String key) implements Comparable<Part> {

  enum Place {
    DATA("data", "/f:data"),
    LABEL("labels", "/f:metadata/f:labels"),
    ANNOTATION("annotations", "/f:metadata/f:annotations");

    private final String name;
    private final String path;

    Place(String name, String path) {
      this.name = name;
      this.path = path;
    }
  }

  static Part data(String key) {
    return new Part(Place.DATA, key);
  }

  static Part label(String key) {
    return new Part(Place.LABEL, key);
  }

  static Part annotation(String key) {
    return new Part(Place.ANNOTATION, key);
  }

  /** Reads what {@link #toString} wrote. */
  static Part parse(String text) {
    for (Place place : Place.values()) {
      if (text.startsWith(place.name + ".")) {
        return new Part(place, text.substring(place.name.length() + 1));
      }
    }
    throw new IllegalArgumentException("not a part of a Secret: " + text);
  }

  /** The parts in a set of fields as {@code managedFields} writes it. */
  static Set<Part> in(JsonNode fields) {
    Set<Part> parts = new HashSet<>();
    for (Place place : Place.values()) {
      fields
          .at(place.path)
          .fieldNames()
          .forEachRemaining(
              field -> {
                // The whole itself, as opposed to what is in it, is named by a dot.
                if (field.startsWith("f:")) {
                  parts.add(new Part(place, field.substring(2)));
                }
              });
    }
    return parts;
  }

  @Override
  public int compareTo(Part other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return place.name + "." + key;
  }
}
