package dev.perch.kit.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.perch.contract.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST answers look as events do: one mapper for both. */
final class JsonOutput {
  private JsonOutput() {}

  @Produces
  @Singleton
  static ObjectMapper mapper() {
    return Json.MAPPER;
  }
}
