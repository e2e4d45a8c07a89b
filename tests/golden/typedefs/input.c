/* Typedefs of typedefs, of records by value and behind pointers, of arrays, and of the base types of libbpf. */
typedef unsigned char __u8;
typedef __u8 u8;
typedef u8 mac_address_t[6];
typedef struct {
	int counter;
} atomic_t;
typedef struct hidden hidden_t;
typedef struct visible {
	atomic_t count;
} visible_t;
typedef const visible_t *visible_pointer_t;
typedef __builtin_va_list va_list;

struct typedefs {
	mac_address_t address;
	atomic_t count;
	hidden_t *hidden;
	visible_t visible;
	visible_pointer_t others;
	u8 last;
	va_list arguments;
};

struct typedefs use;
