module.exports = require('../common/define-grammar')('aslpath');
