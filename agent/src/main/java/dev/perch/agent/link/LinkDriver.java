package dev.perch.agent.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.agent.apply.Document;
import dev.perch.agent.apply.Driver;
import dev.perch.agent.apply.Violation;
import dev.perch.contract.Json;
import dev.perch.contract.link.LinkSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes how the agent reaches Perch. New settings are in force once they have got a welcome;
 * until then those that have worked stay, and both are tried in turn.
 */
public final class LinkDriver implements Driver {
  private final LinkState state;
  private final Runnable proposed;

  /**
   * @param proposed called when there are settings to be tried
   */
  public LinkDriver(LinkState state, Runnable proposed) {
    this.state = state;
    this.proposed = proposed;
  }

  @Override
  public String name() {
    return LinkSettings.ASPECT;
  }

  @Override
  public Plan plan(Document document) {
    List<Violation> violations = new ArrayList<>();
    LinkSettings wanted = read(document.spec(), violations);
    if (wanted != null) {
      check(wanted, violations);
    }
    return new Settings(wanted, violations);
  }

  /** An agent without settings could never be reached again: what it has stays. */
  @Override
  public void withdraw(String aspect) {}

  private static @Nullable LinkSettings read(JsonNode spec, List<Violation> violations) {
    try {
      return Json.MAPPER.treeToValue(spec, LinkSettings.class);
    } catch (JsonProcessingException e) {
      violations.add(
          new Violation(
              "link.shape", "", "not the settings of a link", "send server, endpoints, pins"));
      return null;
    }
  }

  private void check(LinkSettings wanted, List<Violation> violations) {
    String server = state.current().map(LinkSettings::server).orElse(wanted.server());
    if (!server.equals(wanted.server())) {
      violations.add(
          new Violation("link.server", "/server", wanted.server(), "the name never changes"));
    }
    if (wanted.pins().isEmpty()) {
      violations.add(new Violation("link.pins", "/pins", "none", "pin at least one key"));
    }
    if (wanted.endpoints().isEmpty()) {
      violations.add(new Violation("link.endpoints", "/endpoints", "none", "name at least one"));
    }
    for (URI endpoint : wanted.endpoints()) {
      if (!"https".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
        violations.add(
            new Violation(
                "link.endpoint", "/endpoints", endpoint.toString(), "write https://host:port"));
      }
    }
  }

  private final class Settings implements Plan {
    private final @Nullable LinkSettings wanted;
    private final List<Violation> violations;

    Settings(@Nullable LinkSettings wanted, List<Violation> violations) {
      this.wanted = wanted;
      this.violations = List.copyOf(violations);
    }

    @Override
    public List<Violation> violations() {
      return violations;
    }

    @Override
    public @Nullable String difference() {
      Optional<LinkSettings> known = Optional.ofNullable(wanted);
      if (known.equals(state.current())) {
        return state.candidate().isPresent() ? "an older proposal waits" : null;
      }
      return known.equals(state.candidate()) ? null : "the agent has other settings";
    }

    @Override
    public void apply() {
      if (wanted == null || Optional.of(wanted).equals(state.current())) {
        state.forgetProposal();
      } else {
        state.propose(wanted);
        proposed.run();
      }
    }

    @Override
    public ReadBack readBack() {
      ObjectNode seen =
          state.current().map(Settings::shown).orElseGet(Json.MAPPER::createObjectNode);
      return Optional.ofNullable(wanted).equals(state.current())
          ? ReadBack.asWanted(seen)
          : ReadBack.cannotTell("no welcome was got with these settings yet", seen);
    }

    /** In an order of its own, so that equal settings look the same after a restart. */
    private static ObjectNode shown(LinkSettings settings) {
      ObjectNode shown = Json.MAPPER.createObjectNode().put("server", settings.server());
      ArrayNode endpoints = shown.putArray("endpoints");
      settings.endpoints().forEach(endpoint -> endpoints.add(endpoint.toString()));
      ArrayNode pins = shown.putArray("pins");
      settings.pins().stream().sorted().forEach(pins::add);
      return shown;
    }
  }
}
