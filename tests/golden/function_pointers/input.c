/* Pointers to functions: nested, in arrays, returning pointers to functions, variadic, with qualifiers. */
struct argument;
enum result { RESULT_OK, RESULT_BAD };
typedef int (*callback_t)(struct argument *, void *);
typedef void handler_t(int);

struct function_pointers {
	void (*plain)(void);
	int (*variadic)(const char *, ...);
	enum result (*take)(callback_t, handler_t *);
	int (*(*returns)(long))(char);
	void *(*table[4])(unsigned long, const volatile void *const);
	int (*(*to_array)[2])(struct argument *restrict);
	handler_t *handler;
};

struct function_pointers use;
