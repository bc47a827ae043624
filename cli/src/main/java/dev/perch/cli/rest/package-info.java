/** A client of Perch's REST: calls, pages, streams of events, and problems in words. */
@NullMarked
package dev.perch.cli.rest;

import org.jspecify.annotations.NullMarked;
