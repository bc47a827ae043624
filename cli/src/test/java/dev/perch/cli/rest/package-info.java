@NullMarked
package dev.perch.cli.rest;

import org.jspecify.annotations.NullMarked;
