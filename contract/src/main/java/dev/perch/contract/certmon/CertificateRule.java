package dev.perch.contract.certmon;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.contract.Resource;
import dev.perch.contract.certmon.Target.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts get a certificate, and what kind of: the REST resource and the value on {@code
 * perch.certmon.rules}. Each host that matches has exactly one certificate of the rule, called
 * {@code <rule>.<host>}; one that matches no longer has none.
 *
 * <p>Placeholders are {@code {name}} and {@code {id}} of the host, and {@code {label:KEY}} for what
 * its label says.
 *
 * @param id UUIDv7, never reused
 * @param siteId the site whose hosts are meant; null for those of all sites
 * @param name unique, RFC 1123 label
 * @param selector a label selector as in Kubernetes; null for every host
 * @param labels of the rule, and of its certificates
 * @param issuerId who signs
 * @param names what each certificate is for, with placeholders: {@code dns:{name}.edge.example}
 * @param usages extended key usages
 * @param life what is asked for; an issuer may give less
 * @param alarmBefore when the end of one raises an alarm; null for the service's setting
 * @param target where each is published on its host
 * @param version gap-free, starts at 1
 */
public record CertificateRule(
    UUID id,
    @Nullable UUID siteId,
    String name,
    @Nullable String description,
    @Nullable String selector,
    Map<String, String> labels,
    UUID issuerId,
    List<String> names,
    List<Certificate.Usage> usages,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Duration life,
    Certificate.KeyPolicy key,
    Certificate.Renewal renewal,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration alarmBefore,
    Folder target,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  public CertificateRule {
    labels = Map.copyOf(labels);
    names = List.copyOf(names);
    usages = List.copyOf(usages);
  }

  /**
   * A folder of each host; as {@link Target.HostFolder}.
   *
   * @param probe its {@code serverName} may have placeholders
   */
  public record Folder(
      String folder,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String mode,
      @Nullable List<String> reload,
      Target.Files files,
      @Nullable Probe probe) {

    public Folder {
      reload = reload == null ? null : List.copyOf(reload);
    }
  }
}
