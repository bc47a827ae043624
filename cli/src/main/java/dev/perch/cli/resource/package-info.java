/** Resources as operators see and change them: lists and watches, labels, reasons, timelines. */
@NullMarked
package dev.perch.cli.resource;

import org.jspecify.annotations.NullMarked;
