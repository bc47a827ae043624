package dev.perch.beta;

/** A class of some service. */
public final class Neighbour {}
