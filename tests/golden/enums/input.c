/* Enums of all sizes; unsigned, for clang 14 does not say of the others that they are signed. */
enum plain { PLAIN_A, PLAIN_B = 10, PLAIN_C };
enum large { LARGE = 0xffffffff };
enum byte { BYTE_A, BYTE_B = 255 } __attribute__((packed));
enum half { HALF_A, HALF_B = 256 } __attribute__((packed));
enum pointed_to { POINTED_TO };

struct enums {
	enum plain plain;
	enum large large;
	enum byte byte;
	enum half half;
	enum pointed_to *pointed_to;
};

struct enums use;
