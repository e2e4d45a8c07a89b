/* Members without a name, and members whose type has none. */
struct anonymous {
	int first;
	union {
		struct {
			short low;
			short high;
		};
		int both;
		struct {
			unsigned char a : 4;
			unsigned char b : 4;
		} bits;
	};
	struct {
		long x;
		struct {
			char y;
		} inner[2];
	} named, *pointer;
	enum { ANONYMOUS_ONE = 1, ANONYMOUS_TWO } state;
};

struct anonymous use;
