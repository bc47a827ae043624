/** Turns everything that goes wrong with a request into one kind of answer. */
@NullMarked
package dev.perch.kit.web.problem;

import org.jspecify.annotations.NullMarked;
