/** The program that runs on every host: its commands, and how its parts are put together. */
@NullMarked
package dev.perch.agent;

import org.jspecify.annotations.NullMarked;
