package dev.perch.certmon.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a Secret is to have from us. Its {@code toString} tells no secret. */
final class Intent {
  static final String TYPE = "kubernetes.io/tls";
  static final Part CERTIFICATE = Part.label(Api.CERTIFICATE_LABEL);
  static final Part REVISION = Part.annotation("perch.dev/revision");

  private static final Part MANAGED_BY = Part.label("app.kubernetes.io/managed-by");
  private static final Part SHA256 = Part.annotation("perch.dev/certificate-sha256");

  private final SecretName name;
  private final String certificate;
  private final SortedMap<Part, byte[]> content = new TreeMap<>();
  private final Fingerprint fingerprint;

  /**
   * @param stores what there is besides PEM, by the keys of the Secret
   */
  Intent(SecretName name, Material material, Map<String, byte[]> stores) {
    this.name = name;
    this.certificate = material.certificate().toString();
    put(CERTIFICATE, certificate);
    put(MANAGED_BY, Api.FIELD_MANAGER);
    put(REVISION, Long.toString(material.revision()));
    put(SHA256, Fingerprint.of(material.leaf()));
    content.put(Part.data("tls.crt"), Pem.encode(material.chain()));
    content.put(Part.data("tls.key"), Pem.encode(material.pkcs8()));
    if (!material.authorities().isEmpty()) {
      content.put(Part.data("ca.crt"), Pem.encode(material.authorities()));
    }
    stores.forEach((key, value) -> content.put(Part.data(key), value));
    this.fingerprint = Fingerprint.of(content);
  }

  SecretName name() {
    return name;
  }

  String certificate() {
    return certificate;
  }

  Set<Part> parts() {
    return Collections.unmodifiableSet(content.keySet());
  }

  /** What the Secret lacks or has otherwise. */
  List<Part> differences(ExistingSecret existing) {
    Set<String> names = Set.copyOf(fingerprint.differences(existing.fingerprint()));
    return content.keySet().stream().filter(part -> names.contains(part.toString())).toList();
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  Optional<String> text(Part part) {
    return Optional.ofNullable(content.get(part))
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  /**
   * The object that is applied.
   *
   * @param over what was found; it is changed only if it is still that. Empty to make a new one
   */
  Map<String, Object> body(Optional<ExistingSecret> over) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name.name());
    metadata.put("namespace", name.namespace());
    over.ifPresent(found -> metadata.put("uid", found.uid()));
    over.ifPresent(found -> metadata.put("resourceVersion", found.resourceVersion()));
    metadata.put("labels", texts(Part.Place.LABEL));
    metadata.put("annotations", texts(Part.Place.ANNOTATION));
    Map<String, byte[]> data = new HashMap<>();
    content.forEach(
        (part, value) -> {
          if (part.place() == Part.Place.DATA) {
            data.put(part.key(), value);
          }
        });
    return Map.of(
        "apiVersion", "v1", "kind", "Secret", "metadata", metadata, "type", TYPE, "data", data);
  }

  @Override
  public String toString() {
    return "Intent[" + name + ", certificate " + certificate + "]";
  }

  private void put(Part part, String text) {
    content.put(part, text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> texts(Part.Place place) {
    Map<String, String> texts = new HashMap<>();
    content.forEach(
        (part, value) -> {
          if (part.place() == place) {
            texts.put(part.key(), new String(value, StandardCharsets.UTF_8));
          }
        });
    return texts;
  }
}
