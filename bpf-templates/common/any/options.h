/* The options of the command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#ifdef __cplusplus
extern "C" {
#endif

/* --NAME VALUE. Before the command line is read, the value is the default. */
struct text_option {
  const char* name;
  const char** value;
  const char* help;
};

/* Those of this program; the last has no name. In attach.@EXTENSION@. */
extern const struct text_option options[];

/* Reads the command line. Returns the command at its end, or NULL. Ends the program after --help, and when something is
 * wrong. */
char** read_options(int argc, char** argv);

/* The number that a value is. Ends the program when it is none, or more than `most`. */
unsigned int number(const char* value, unsigned int most);

#ifdef __cplusplus
}
#endif

#endif
