package dev.perch.kit.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param code stable, for programs: {@code name.taken}, {@code field.unknown}
 * @param field RFC 6901 pointer into the body, or the name of a parameter or header
 * @param found what was there; never a secret
 * @param remedy what to do about it, for people
 */
public record Violation(String code, String field, @Nullable JsonNode found, String remedy) {}
