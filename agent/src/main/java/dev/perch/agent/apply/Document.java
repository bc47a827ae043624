package dev.perch.agent.apply;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is wanted of an aspect.
 *
 * @param generation with which the host answers
 * @param driver that applies it
 * @param spec its shape belongs to the driver
 */
public record Document(String aspect, long generation, String driver, JsonNode spec) {}
