/** Which Perch a command talks to: the contexts a user keeps, and the one of the checkout. */
@NullMarked
package dev.perch.cli.context;

import org.jspecify.annotations.NullMarked;
