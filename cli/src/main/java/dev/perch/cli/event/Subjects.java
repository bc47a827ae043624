package dev.perch.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.rest.Call;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What events are about, as people call it; asked once and remembered. */
public final class Subjects {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Perch perch;
  private final Map<String, JsonNode> known = new HashMap<>();

  public Subjects(Perch perch) {
    this.perch = perch;
  }

  /**
   * @param name {@code site/host} where it is about a host
   * @param site its id, empty if there is none
   * @param host its id, empty if there is none
   */
  public record Subject(String name, String site, String host) {}

  /** As good as it can be found out: what is gone keeps its id. */
  public Subject of(Event event) throws InterruptedException {
    if (event
        .data()
        .path("changed")
        .valueStream()
        .anyMatch(path -> path.asText().equals("/name"))) {
      known.remove("/v1/" + event.kind() + "s/" + event.id());
    }
    return switch (event.kind()) {
      case "site" -> new Subject(siteName(event.id(), whole(event)), event.id(), "");
      case "host" -> host(event.id(), whole(event));
      case "host-facet", "host-observation" -> {
        String[] key = event.id().split("/", 2);
        Subject host = host(key[0], nothing());
        yield new Subject(host.name() + "/" + key[key.length - 1], host.site(), host.host());
      }
      case "group" -> new Subject(groupName(event), "", "");
      case "topology" -> new Subject(siteName(event.id(), nothing()), event.id(), "");
      case "operation" -> operation(event);
      case "alarm" -> alarm(event.id());
      default -> new Subject(event.id(), "", "");
    };
  }

  private Subject host(String id, JsonNode told) throws InterruptedException {
    JsonNode host = find("/v1/hosts/" + id, told);
    String site = host.path("siteId").asText("");
    return site.isEmpty()
        ? new Subject(id, "", id)
        : new Subject(siteName(site, nothing()) + "/" + host.path("name").asText(), site, id);
  }

  private String siteName(String id, JsonNode told) throws InterruptedException {
    return find("/v1/sites/" + id, told).path("name").asText(id);
  }

  private String groupName(Event event) throws InterruptedException {
    return find("/v1/groups/" + event.id(), whole(event)).path("name").asText(event.id());
  }

  private Subject operation(Event event) throws InterruptedException {
    JsonNode operation = find("/v1/operations/" + event.id(), whole(event));
    String target = operation.path("target").asText("");
    Subject on =
        target.startsWith("hosts/")
            ? host(target.substring("hosts/".length()), nothing())
            : new Subject(target, operation.path("site").asText(""), "");
    return new Subject(
        operation.path("kind").asText(event.id()) + " " + on.name(), on.site(), on.host());
  }

  /** An alarm's id is {@code service/alarm/entity}; the entity of many is a host. */
  private Subject alarm(String id) throws InterruptedException {
    String[] parts = id.split("/", 3);
    if (parts.length < 3 || !UUID.matcher(parts[2]).matches()) {
      return new Subject(id, "", "");
    }
    Subject host = host(parts[2], nothing());
    return new Subject(parts[1] + " " + host.name(), host.site(), host.host());
  }

  /** A creation and a deletion carry the whole resource. */
  private static JsonNode whole(Event event) {
    JsonNode change = event.data();
    return change.path("after").has("id")
        ? change.path("after")
        : change.path("before").has("id") ? change.path("before") : nothing();
  }

  private JsonNode find(String path, JsonNode told) throws InterruptedException {
    if (told.has("id")) {
      known.put(path, told);
      return told;
    }
    JsonNode found = known.get(path);
    if (found == null) {
      found = ask(path);
      known.put(path, found);
    }
    return found;
  }

  private JsonNode ask(String path) throws InterruptedException {
    try {
      return perch.inventory().send(Call.get(path)).body();
    } catch (Failure | IOException e) {
      // Gone, not ours to see, or away: the id has to do.
      return nothing();
    }
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }
}
