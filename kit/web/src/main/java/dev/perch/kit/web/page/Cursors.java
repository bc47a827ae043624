package dev.perch.kit.web.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.contract.Json;
import dev.perch.kit.web.input.Place;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Page cursors: opaque to the caller, base64url of JSON for us. */
final class Cursors {
  private static final Set<String> NOT_FILTERS = Set.of("limit", "cursor", "watch");

  /** {@code s} is the scope, {@code k} the keyset. */
  private record Cursor(@JsonProperty("s") String scope, @JsonProperty("k") List<String> keyset) {}

  private Cursors() {}

  /** A digest of the filters and of the order: a cursor means nothing under others. */
  static String scope(MultivaluedMap<String, String> given, List<Key<?>> keys) {
    TreeMap<String, List<String>> filters = new TreeMap<>(given);
    filters.keySet().removeAll(NOT_FILTERS);
    try {
      byte[] text =
          Json.MAPPER.writeValueAsBytes(List.of(filters, keys.stream().map(Key::name).toList()));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 11);
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String write(String scope, List<String> keyset) {
    try {
      byte[] json = Json.MAPPER.writeValueAsBytes(new Cursor(scope, keyset));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the keyset, or null after having said what is wrong with the cursor. */
  static @Nullable List<Object> read(String text, String scope, List<Key<?>> keys, Place at) {
    Cursor cursor = decode(text);
    List<Object> values = cursor == null ? null : values(cursor.keyset(), keys);
    if (cursor == null || values == null) {
      at.refuse(
          "cursor.malformed",
          TextNode.valueOf(text),
          "Send a cursor as a page or its Link carried it, or none for the first page.");
      return null;
    }
    if (!cursor.scope().equals(scope)) {
      at.refuse(
          "cursor.other-filter",
          null,
          "Send the filters this cursor was made with, or begin without a cursor.");
      return null;
    }
    return values;
  }

  private static @Nullable List<Object> values(List<String> keyset, List<Key<?>> keys) {
    List<Object> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size() && keyset.size() == keys.size(); i++) {
      Object value = keys.get(i).read(keyset.get(i));
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == keys.size() ? values : null;
  }

  private static @Nullable Cursor decode(String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
      Cursor cursor = Json.MAPPER.readValue(json, Cursor.class);
      return cursor == null
              || cursor.scope() == null
              || cursor.keyset() == null
              || cursor.keyset().stream().anyMatch(Objects::isNull)
          ? null
          : cursor;
    } catch (IllegalArgumentException | IOException e) {
      return null;
    }
  }
}
