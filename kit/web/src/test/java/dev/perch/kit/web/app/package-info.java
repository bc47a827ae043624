/** A small service that does everything as a real one would; the tests talk to it over HTTP. */
@NullMarked
package dev.perch.kit.web.app;

import org.jspecify.annotations.NullMarked;
