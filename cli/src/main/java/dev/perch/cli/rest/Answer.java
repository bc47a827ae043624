package dev.perch.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * What came back.
 *
 * @param body missing if there was none
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

  /** Of the version in the body. */
  public String etag() {
    return header("ETag");
  }

  /** Empty if it is not there. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
